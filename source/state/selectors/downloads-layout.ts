import {type ScreenState} from '../reducers/screen.js';
import {bodyRows} from './layout.js';

const tallBody = 30;
const headingRows = 1;

/**
Rows of the totals above the list: on a tall screen the graph of the rate has one of its own.
*/
export function downloadHeadRows(screen: ScreenState): number {
	return bodyRows(screen) >= tallBody ? 2 : 1;
}

/**
The rule and the lines about the selected download below the list.
*/
export function downloadStripRows(screen: ScreenState): number {
	return Math.max(8, Math.floor(bodyRows(screen) * (bodyRows(screen) >= tallBody ? 0.5 : 0.4)));
}

/**
Rows of the list that show downloads.
*/
export function downloadListRows(screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - downloadHeadRows(screen) - headingRows - downloadStripRows(screen));
}

/**
Cells of a line of the details; one column stays free at both sides.
*/
export function downloadDetailColumns(screen: ScreenState): number {
	return screen.columns - 2;
}

/**
Cells of the two halves of the details below the list where they stand side by side: what there is, and what happened.
*/
export function downloadDetailHalves(screen: ScreenState): {readonly facts: number; readonly events: number} | undefined {
	if (screen.columns < 150) {
		return undefined;
	}

	const facts = Math.floor(screen.columns * 0.6);
	return {facts, events: screen.columns - facts - 3};
}
