import {UsageError} from '../../errors/usage-error.js';
import {type PrunePlan} from '../../types/cache.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {totalBytes} from './cache-usage.js';

/**
Which models would have to go, least recently used first, for the rest to take at most `limitBytes`. One that was never used counts from when it was downloaded.
@throws UsageError `invalid_limit`.
*/
export function planPrune(models: readonly InstalledModel[], limitBytes: number): PrunePlan {
	if (!Number.isSafeInteger(limitBytes) || limitBytes < 0) {
		throw new UsageError('The limit is not a number of bytes.', {code: 'invalid_limit', hint: 'Write for example 20GB.'});
	}

	const oldestFirst = leastRecentlyUsedFirst(models);
	const count = oldestFirst.findIndex((_, index) => totalBytes(oldestFirst.slice(index)) <= limitBytes);
	return toPlan(models, count === -1 ? oldestFirst : oldestFirst.slice(0, count), limitBytes);
}

export function leastRecentlyUsedFirst(models: readonly InstalledModel[]): readonly InstalledModel[] {
	return models.toSorted((a, b) => lastTime(a) - lastTime(b));
}

/**
The plan to remove some of all models. What they share with others stays, and takes room.
*/
export function toPlan(models: readonly InstalledModel[], remove: readonly InstalledModel[], limitBytes: number): PrunePlan {
	const keptBytes = totalBytes(models.filter(model => !remove.includes(model)));
	return {
		limitBytes, remove, freedBytes: totalBytes(models) - keptBytes, keptBytes,
	};
}

function lastTime({lastUsed, downloadedAt}: InstalledModel): number {
	return Date.parse(lastUsed ?? downloadedAt);
}
