import {type ScreenState} from '../reducers/screen.js';
import {bodyRows, isWide} from './layout.js';

/**
The rule and the lines about the selected download, where there is no room for the details beside the list.
*/
export const downloadStripRows = 8;

const headingRows = 1;

/**
Rows of the list that show downloads.
*/
export function downloadListRows(screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - headingRows - (isWide(screen) ? 0 : downloadStripRows));
}

/**
Columns of list and details where they stand side by side.
*/
export function downloadColumns(screen: ScreenState): {readonly list: number; readonly details: number} {
	const list = Math.max(64, Math.floor(screen.columns * 0.62));
	return {list, details: screen.columns - list - 3};
}
