import {type ErrorReport} from '../../types/error-report.js';
import {type HardwareReport} from '../../types/hardware.js';
import {wrapCells} from '../../format/wrap.js';
import {type ScreenState} from '../reducers/screen.js';
import {errorLines} from './error-lines.js';

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

/**
Rows for the sentence that says what Remuda would choose.
*/
export const selectionLines = 2;

/**
Rows that the machine itself takes on the hardware tab.
*/
export function machineRows(report: HardwareReport | undefined): number {
	// CPU, memory, swap, system, sandbox and the choice; a row for each GPU (or that there is none) and for up to three disks.
	return 5 + selectionLines + Math.max(1, report?.gpus.length ?? 0) + Math.min(3, report?.disks.length ?? 0) + Math.min(2, report?.warnings.length ?? 0);
}

/**
Rows of the sum that stands below the list on a tall screen.
*/
export const memorySumRows = 14;

/**
Rows of models on the hardware tab: what the machine, an error, headings and the sum leave.
*/
export function hardwareListRows(screen: ScreenState, {report, error}: HardwareFacts): number {
	const sum = hasMemorySum(screen, report) ? memorySumRows : 0;
	return Math.max(1, bodyRows(screen) - machineRows(report) - errorLines(error, screen.columns).length - 2 - sum);
}

type HardwareFacts = {readonly report?: HardwareReport; readonly error?: ErrorReport};

/**
Whether the sum for the selected model has room below the list.
*/
export function hasMemorySum(screen: ScreenState, report: HardwareReport | undefined): boolean {
	return bodyRows(screen) - machineRows(report) >= memorySumRows + 8;
}
