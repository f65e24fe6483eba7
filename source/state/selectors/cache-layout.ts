import {type ScreenState} from '../reducers/screen.js';
import {bodyRows, isWide} from './layout.js';

/**
The line about the disk and the one with filter and order.
*/
export const cacheHeadRows = 2;

/**
The rule and the lines about the selected model, where there is no room for the details beside the list.
*/
export const cacheStripRows = 5;

const headingRows = 1;

/**
Rows of the list that show models.
*/
export function cacheListRows(screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - cacheHeadRows - headingRows - (isWide(screen) ? 0 : cacheStripRows));
}

/**
Columns of list and details where they stand side by side.
*/
export function cacheColumns(screen: ScreenState): {readonly list: number; readonly details: number} {
	const list = Math.max(64, Math.floor(screen.columns * 0.6));
	return {list, details: screen.columns - list - 3};
}
