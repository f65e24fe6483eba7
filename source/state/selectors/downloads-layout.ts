import {type ScreenState} from '../reducers/screen.js';
import {bodyRows} from './layout.js';

/**
Whether the details stand beside the list. A row that says everything needs some 90 columns, more than a list of models does.
*/
export function areDetailsBeside(screen: ScreenState): boolean {
	return screen.columns >= 150;
}

/**
The rule and the lines about the selected download below the list, where they do not stand beside it.
*/
export function downloadStripRows(screen: ScreenState): number {
	return Math.max(8, Math.floor(bodyRows(screen) * 0.4));
}

const headingRows = 1;

/**
Rows of the list that show downloads.
*/
export function downloadListRows(screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - headingRows - (areDetailsBeside(screen) ? 0 : downloadStripRows(screen)));
}

/**
Columns of list and details where they stand side by side.
*/
export function downloadColumns(screen: ScreenState): {readonly list: number; readonly details: number} {
	const list = Math.max(64, Math.floor(screen.columns * 0.62));
	return {list, details: screen.columns - list - 3};
}
