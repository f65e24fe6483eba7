import {wrapCells} from '../../format/wrap.js';
import {type ScreenState} from '../reducers/screen.js';

/**
Rows of the header, the rule below it, and the foot.
*/
const frameRows = 3;

/**
The least that every tab can be used on.
*/
export const smallestScreen = {columns: 60, rows: 16} as const;

/**
Rows between header and foot.
*/
export function bodyRows(screen: ScreenState): number {
	return Math.max(1, screen.rows - frameRows);
}

/**
The lines of the notice at the foot; a long one lies over the last rows of the body, up to four in all.
*/
export function noticeLines({notice, columns}: ScreenState): readonly string[] {
	return notice ? wrapCells(notice.text, columns - noticeMarkWidth - 1).slice(0, 4) : [];
}

/**
Cells of the sign before a notice.
*/
export const noticeMarkWidth = 3;

/**
Whether a list and its details stand side by side.
*/
export function isWide(screen: ScreenState): boolean {
	return screen.columns >= 120;
}

export function isTooSmall(screen: ScreenState): boolean {
	return screen.columns < smallestScreen.columns || screen.rows < smallestScreen.rows;
}

/**
Rows inside a dialog's frame: the body without the frame, the title and the blank line below it.
*/
export function dialogRows(screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - 4);
}

/**
Rows of the palette's list, below the field.
*/
export function paletteRows(screen: ScreenState): number {
	return Math.max(1, dialogRows(screen) - 1);
}

/**
Rows of a list that lies over the chat: the body without its heading and the line that says what it is.
*/
export function pickerRows(screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - 2);
}
