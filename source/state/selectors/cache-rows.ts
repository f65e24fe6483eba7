import {type InstalledModel} from '../../types/installed-model.js';
import {inTurn} from '../../format/in-turn.js';
import {isUnderWay} from '../reducers/cache-verification.js';
import {type CacheSort} from '../reducers/cache.js';
import {type AppState} from '../state.js';
import {memoize} from './memoize.js';

/**
The installed models that the filter leaves, in order; the same array until something changes.
*/
export function selectCacheRows({library, cache}: AppState): readonly InstalledModel[] {
	return matching(sorted(library.models, cache.sort), cache.filter.value);
}

export function selectCachedModel(state: AppState): InstalledModel | undefined {
	return selectCacheRows(state)[state.cache.list.cursor];
}

/**
What a key acts on: all that are marked, else the selected one.
*/
export function selectChosenModels(state: AppState): readonly InstalledModel[] {
	const {marked} = state.cache;
	const selected = selectCachedModel(state);
	return marked.size > 0 ? state.library.models.filter(({id}) => marked.has(id)) : (selected ? [selected] : []);
}

/**
Models whose files are to be checked or being checked.
*/
export function isVerifying({cache}: AppState): boolean {
	return cache.verifications.values().some(verification => isUnderWay(verification));
}

export type VerificationProgress = {
	readonly model?: InstalledModel;
	/**
	Models that come after it.
	*/
	readonly waiting: number;
	readonly doneBytes: number;
	readonly totalBytes: number;
	readonly bytesPerSecond?: number;
};

/**
The check under way; undefined while there is none.
*/
export function selectVerificationProgress({cache, library}: AppState): VerificationProgress | undefined {
	const entries = [...cache.verifications];
	const waiting = entries.filter(([, {status}]) => status === 'waiting');
	for (const [id, verification] of entries) {
		if (verification.status === 'running') {
			const {doneBytes, totalBytes, bytesPerSecond} = verification;
			return {
				model: library.models.find(model => model.id === id), waiting: waiting.length, doneBytes, totalBytes, bytesPerSecond,
			};
		}
	}

	const [next] = waiting;
	const model = library.models.find(({id}) => id === next?.[0]);
	return next
		? {
			model, waiting: waiting.length - 1, doneBytes: 0, totalBytes: model?.sizeBytes ?? 0,
		}
		: undefined;
}

const collator = new Intl.Collator('en', {numeric: true});

const sorted = memoize((models: readonly InstalledModel[], sort: CacheSort): readonly InstalledModel[] => {
	const byName = (one: InstalledModel, other: InstalledModel) => inTurn(collator.compare(one.name, other.name), () => one.sizeBytes - other.sizeBytes);
	switch (sort) {
		case 'name': {
			return models.toSorted(byName);
		}

		case 'size': {
			return models.toSorted((one, other) => inTurn(other.sizeBytes - one.sizeBytes, () => byName(one, other)));
		}

		// Least recently used first: what a prune would take.
		case 'last used': {
			return models.toSorted((one, other) => inTurn(collator.compare(one.lastUsed ?? '', other.lastUsed ?? ''), () => byName(one, other)));
		}
	}
});

const matching = memoize((models: readonly InstalledModel[], filter: string): readonly InstalledModel[] => {
	const words = filter.toLowerCase().split(/\s+/v).filter(word => word !== '');
	const isShown = ({id, name, ref, quantization, family, license}: InstalledModel) => {
		const text = [id, name, ref, quantization, family, license].join(' ').toLowerCase();
		return words.every(word => text.includes(word));
	};

	return words.length === 0 ? models : models.filter(model => isShown(model));
});
