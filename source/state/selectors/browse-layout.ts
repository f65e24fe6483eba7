import {type ScreenState} from '../reducers/screen.js';
import {bodyRows, isWide} from './layout.js';

/**
The search field and the line that says how the search goes.
*/
export const browseHeadRows = 2;

/**
The rule and two lines about the selected row, where there is no room for the details beside the list.
*/
export const browseStripRows = 3;

const headingRows = 1;

/**
Rows of the list that show models.
*/
export function browseListRows(screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - browseHeadRows - headingRows - (isWide(screen) ? 0 : browseStripRows));
}

/**
Columns of list and details where they stand side by side: the list needs some 70 for all it says, then both grow.
*/
export function browseColumns(screen: ScreenState): {readonly list: number; readonly details: number} {
	const list = Math.max(64, Math.floor(screen.columns * 0.64));
	return {list, details: screen.columns - list - 3};
}
