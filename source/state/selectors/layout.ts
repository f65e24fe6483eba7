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
Whether a list and its details stand side by side.
*/
export function isWide(screen: ScreenState): boolean {
	return screen.columns >= 100;
}

export function isTooSmall(screen: ScreenState): boolean {
	return screen.columns < smallestScreen.columns || screen.rows < smallestScreen.rows;
}
