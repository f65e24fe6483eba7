import {type PrunePlan} from '../../types/cache.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {totalBytes} from './cache-usage.js';
import {leastRecentlyUsedFirst, toPlan} from './plan-prune.js';

/**
Which models would have to go to free so many bytes: least recently used first, and none that is not needed for it. All of them where even that is not enough; `freedBytes` tells.
*/
export function planRoom(models: readonly InstalledModel[], bytes: number): PrunePlan {
	const oldestFirst = leastRecentlyUsedFirst(models);
	const freedBy = (remove: readonly InstalledModel[]) => totalBytes(models) - totalBytes(models.filter(model => !remove.includes(model)));
	let remove: readonly InstalledModel[] = [];
	for (const model of oldestFirst) {
		if (freedBy(remove) >= bytes) {
			break;
		}

		remove = [...remove, model];
	}

	// A large one at the end may free enough without the small ones before it; the most recently used is spared first.
	if (freedBy(remove) >= bytes) {
		for (const model of remove.toReversed()) {
			const others = remove.filter(other => other !== model);
			remove = freedBy(others) >= bytes ? others : remove;
		}
	}

	return toPlan(models, remove, Math.max(0, totalBytes(models) - Math.max(0, bytes)));
}
