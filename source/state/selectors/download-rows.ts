import {type Download} from '../../types/download.js';
import {memoize} from './memoize.js';
import {isUnfinished} from './variant-keys.js';

/**
The rows of the list: what is still to come in the order it is worked through, then what failed, then the history, latest first. The same array until something changes.
*/
export const selectDownloadRows = memoize((items: readonly Download[]): readonly Download[] => {
	const over = items.filter(download => !isUnfinished(download));
	return [
		...items.filter(download => isUnfinished(download)),
		...over.filter(download => isFailed(download)),
		...over.filter(download => !isFailed(download)).toSorted(byEnd),
	];
});

function isFailed({status}: Download): boolean {
	return status === 'failed';
}

function byEnd(one: Download, other: Download): number {
	const [before, after] = [one, other].map(({finishedAt, createdAt}) => Date.parse(finishedAt ?? createdAt));
	return (after ?? 0) - (before ?? 0);
}
