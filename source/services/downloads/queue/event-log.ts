import {sanitizeLine} from '../../../format/sanitize.js';
import {type DownloadEvent} from '../../../types/download.js';

export const maximumEvents = 50;
const maximumLength = 400;

/**
The log of a download with one more line; the oldest goes where there are too many. What happens again and again is one line, with how often.
*/
export function logEvent(events: readonly DownloadEvent[], text: string, at: string): readonly DownloadEvent[] {
	const line = sanitizeLine(text.slice(0, maximumLength).toWellFormed());
	const last = events.at(-1);
	const times = last === undefined ? 0 : countOf(last.text, line);
	return times === 0
		? [...events, {at, text: line}].slice(-maximumEvents)
		: [...events.slice(0, -1), {at, text: `${line} (${times + 1} times)`}];
}

/**
How often a logged line says that `line` happened.
*/
function countOf(logged: string, line: string): number {
	if (logged === line) {
		return 1;
	}

	const {times} = logged.startsWith(line) ? /^ \((?<times>\d{1,9}) times\)$/v.exec(logged.slice(line.length))?.groups ?? {} : {};
	return Number(times ?? 0);
}
