import {type BenchState} from '../reducers/bench.js';
import {type ScreenState} from '../reducers/screen.js';
import {errorLines} from './error-lines.js';
import {bodyRows} from './layout.js';

/**
Rows of models on the bench tab: a third of the body, and never less than three.
*/
export function benchModelRows(screen: ScreenState): number {
	return Math.max(3, Math.floor(bodyRows(screen) / 3) - 2);
}

/**
What went wrong, as lines below the progress.
*/
export function benchErrorLines({errors}: BenchState, screen: ScreenState): readonly string[] {
	const most = bodyRows(screen) < 20 ? 2 : 4;
	return errors.flatMap(error => errorLines(error, screen.columns, most)).slice(0, most);
}

/**
Rows for the selected result: all its figures with their spread where there is room, else the two lines that the table has no columns for.
*/
export function benchDetailRows(screen: ScreenState): number {
	return bodyRows(screen) >= 34 ? 13 : 2;
}

/**
Rows of results: what models, two headings, the two lines of progress, errors, a blank line and the selected result leave.
*/
export function benchResultRows(bench: BenchState, screen: ScreenState): number {
	return Math.max(1, bodyRows(screen) - benchModelRows(screen) - 5 - benchErrorLines(bench, screen).length - benchDetailRows(screen));
}
