import {isOpen} from '../../format/download-status.js';
import {type Download} from '../../types/download.js';
import {memoize} from './memoize.js';

/**
The rows of the list: what is still to come in the order it is worked through, then what failed, then the history, latest first. The same array until something changes.
*/
export const selectDownloadRows = memoize((items: readonly Download[]): readonly Download[] => {
	const over = items.filter(({status}) => !isOpen(status));
	return [
		...items.filter(({status}) => isOpen(status)),
		...over.filter(download => isFailed(download)),
		...over.filter(download => !isFailed(download)).toSorted(byEnd),
	];
});

function isFailed({status}: Download): boolean {
	return status === 'failed';
}

/**
Moments in ISO 8601 are in the order of their text; reading a history of years as dates, ten times a second, would take its time.
*/
function byEnd(one: Download, other: Download): number {
	const [before, after] = [endOf(one), endOf(other)];
	return before === after ? 0 : (before < after ? 1 : -1);
}

function endOf({finishedAt, createdAt}: Download): string {
	return finishedAt ?? createdAt;
}
