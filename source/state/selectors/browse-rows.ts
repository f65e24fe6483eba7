import {nameWithoutQuantization} from '../../format/model-name.js';
import {type Download} from '../../types/download.js';
import {type FitLevel} from '../../types/fit.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type ModelDetails, type SearchResult} from '../../types/search.js';
import {
	type BrowseDetailsEntry,
	type BrowseFilter,
	type BrowseSort,
	type BrowseState,
	type Fits,
} from '../reducers/browse.js';
import {type AppState} from '../state.js';
import {inTurn} from '../../format/in-turn.js';
import {bestVariant} from './best-variant.js';
import {memoize} from './memoize.js';
import {parametersFromName} from './parameters-from-name.js';
import {installedByKey, queuedByKey, variantKey} from './variant-keys.js';

/**
One row of the browse list: a variant of the registry, or a repository found on Hugging Face.
*/
export type BrowseRow = {
	/**
	The registry's id, or `hf:OWNER/REPO`; a model reference either way.
	*/
	readonly key: string;
	readonly origin: 'registry' | 'hub';
	readonly name: string;
	readonly repository: string;
	readonly parameters?: number;
	/**
	Empty for a repository, which has many.
	*/
	readonly quantization: string;
	readonly sizeBytes?: number;
	readonly contextLength?: number;
	readonly downloads?: number;
	readonly likes?: number;
	readonly isRecommended: boolean;
	readonly isGated: boolean;
	/**
	What a search in the registry looks at, in lower case.
	*/
	readonly searchText: string;
};

/**
All rows that the search, the filter and the order leave; the same array until one of them changes.
*/
export function selectBrowseRows({browse, registry, library}: AppState): readonly BrowseRow[] {
	const {filter, sort, fits, search, details} = browse;
	const words = wordsOf(browse.query.value);
	const installed = filter === 'installed' ? installedByKey(library.models, registry) : noKeys;
	const curated = sortedRegistry(registryRows(registry), fits, sort);
	const results = sortedHub(hubRows(search.results, details), sort);
	return joined(
		matching(curated, words, filter, fits, installed),
		matchingResults(results, staleWords(browse, words), filter, fits, details, installed),
	);
}

export function selectBrowseRow(state: AppState): BrowseRow | undefined {
	return selectBrowseRows(state)[state.browse.list.cursor];
}

/**
The verdict of a row: the registry's own, or that of the best variant where the repository's details are known.
*/
export function fitLevelOf({key, origin, repository}: BrowseRow, fits: Fits, details: BrowseState['details']): FitLevel | undefined {
	return origin === 'registry' ? fits.get(key)?.level : bestFit(details.get(repository), fits);
}

/**
The installed model of a row; of a repository the one of its variants that is installed.
*/
export function installedOf({library, registry}: AppState, {key, origin, repository, quantization}: BrowseRow): InstalledModel | undefined {
	const byKey = installedByKey(library.models, registry);
	return byKey.get(key.toLowerCase()) ?? (origin === 'registry' ? byKey.get(variantKey(repository, quantization)) : undefined);
}

/**
The download of a row that is not over.
*/
export function queuedOf({downloads}: AppState, {key, origin, repository, quantization}: BrowseRow): Download | undefined {
	const byKey = queuedByKey(downloads.items);
	return byKey.get(key.toLowerCase()) ?? (origin === 'registry' ? byKey.get(variantKey(repository, quantization)) : undefined);
}

type Keys = {readonly has: (key: string) => boolean};

const noKeys: Keys = new Set<string>();

// The same array for the same text, so that what is computed from it can be remembered.
const wordsOf = memoize((query: string): readonly string[] => query.toLowerCase().split(/\s+/v).filter(word => word !== ''));

const noWords: readonly string[] = [];

/**
Results for an older text are cut down to what could match until the new ones are there.
*/
function staleWords({search, query}: BrowseState, words: readonly string[]): readonly string[] {
	return search.resultsText === query.value.trim() ? noWords : words;
}

const registryRows = memoize((models: readonly RegistryModel[]): readonly BrowseRow[] => models.filter(({deprecated}) => !deprecated).map(model => toRegistryRow(model)));

function toRegistryRow(model: RegistryModel): BrowseRow {
	return {
		key: model.id,
		origin: 'registry',
		// The quantization has a column of its own.
		name: nameWithoutQuantization(model.name, model.quantization),
		repository: model.huggingFaceRepo,
		parameters: model.parameters,
		quantization: model.quantization,
		sizeBytes: model.fileSize,
		contextLength: model.contextWindow,
		isRecommended: model.recommended,
		isGated: false,
		searchText: [model.id, model.name, model.family, model.quantization, model.huggingFaceRepo, model.description, ...model.tags].join(' ').toLowerCase(),
	};
}

const hubRows = memoize((results: readonly SearchResult[], details: BrowseState['details']): readonly BrowseRow[] => results.map(result => toHubRow(result, details.get(result.repository))));

function toHubRow({ref, repository, downloads, likes, gated}: SearchResult, entry: BrowseDetailsEntry | undefined): BrowseRow {
	const known: ModelDetails | undefined = entry?.status === 'ready' ? entry.details : undefined;
	return {
		key: ref,
		origin: 'hub',
		name: repository,
		repository,
		parameters: known?.parameters ?? parametersFromName(repository),
		quantization: known ? `${known.variants.length} kinds` : '',
		contextLength: known?.contextLength,
		downloads,
		likes,
		isRecommended: false,
		isGated: gated,
		searchText: repository.toLowerCase(),
	};
}

const fitRanks: Readonly<Record<FitLevel, number>> = {
	gpu: 0, memory: 1, tight: 3, none: 4,
};
const unknownRank = 2;

const sortedRegistry = memoize((rows: readonly BrowseRow[], fits: Fits, sort: BrowseSort): readonly BrowseRow[] => {
	switch (sort) {
		case 'name': {
			return rows.toSorted(byName);
		}

		case 'size': {
			return rows.toSorted((one, other) => inTurn((one.sizeBytes ?? 0) - (other.sizeBytes ?? 0), () => byName(one, other)));
		}

		// The registry does not count downloads, so its best come first there too.
		case 'downloads':
		case 'recommended': {
			return rows
				.map(row => ({row, rank: recommendationRank(row, fits)}))
				.toSorted((one, other) => inTurn(one.rank - other.rank, () => bySizeWithin(one.rank, one.row, other.row)))
				.map(({row}) => row);
		}
	}
});

/**
What runs here goes first, and of that what is recommended; then by how well it fits.
*/
function recommendationRank({key, isRecommended}: BrowseRow, fits: Fits): number {
	const level = fits.get(key)?.level;
	const rank = level === undefined ? unknownRank : fitRanks[level];
	return (rank >= fitRanks.tight ? 20 : 0) + (isRecommended ? 0 : 10) + rank;
}

/**
The largest that fits is the best; of those that do not, the smallest is the nearest.
*/
function bySizeWithin(rank: number, one: BrowseRow, other: BrowseRow): number {
	const difference = (one.sizeBytes ?? 0) - (other.sizeBytes ?? 0);
	return rank >= 20 ? difference : -difference;
}

function byName(one: BrowseRow, other: BrowseRow): number {
	return collator.compare(one.name, other.name);
}

const collator = new Intl.Collator('en', {numeric: true});

const sortedHub = memoize((rows: readonly BrowseRow[], sort: BrowseSort): readonly BrowseRow[] => {
	switch (sort) {
		case 'name': {
			return rows.toSorted(byName);
		}

		case 'downloads': {
			return rows.toSorted((one, other) => (other.downloads ?? 0) - (one.downloads ?? 0));
		}

		// In the order that the hub found best.
		case 'size':
		case 'recommended': {
			return rows;
		}
	}
});

const matching = memoize((rows: readonly BrowseRow[], words: readonly string[], filter: BrowseFilter, fits: Fits, installed: Keys): readonly BrowseRow[] => {
	const isShown = (row: BrowseRow) => words.every(word => row.searchText.includes(word)) && isPassing(filter, row, fits.get(row.key)?.level, installed);
	return words.length === 0 && filter === 'all' ? rows : rows.filter(row => isShown(row));
});

const matchingResults = memoize((rows: readonly BrowseRow[], words: readonly string[], filter: BrowseFilter, fits: Fits, details: BrowseState['details'], installed: Keys): readonly BrowseRow[] => {
	const isShown = (row: BrowseRow) => words.every(word => row.searchText.includes(word)) && isPassing(filter, row, fitLevelOf(row, fits, details), installed);
	return words.length === 0 && filter === 'all' ? rows : rows.filter(row => isShown(row));
});

/**
Of a repository it is not known whether it fits until its variants are; it stays until then.
*/
function isPassing(filter: BrowseFilter, row: BrowseRow, level: FitLevel | undefined, installed: Keys): boolean {
	switch (filter) {
		case 'all': {
			return true;
		}

		case 'fits': {
			return level !== 'none';
		}

		case 'recommended': {
			return row.isRecommended;
		}

		case 'installed': {
			return installed.has(row.key.toLowerCase()) || installed.has(variantKey(row.repository, row.quantization));
		}
	}
}

const joined = memoize((registry: readonly BrowseRow[], hub: readonly BrowseRow[]): readonly BrowseRow[] => (hub.length === 0 ? registry : [...registry, ...hub]));

function bestFit(entry: BrowseDetailsEntry | undefined, fits: Fits): FitLevel | undefined {
	const variant = entry?.status === 'ready' ? bestVariant(entry.details.variants, ({ref}) => fits.get(ref)?.level) : undefined;
	return variant === undefined ? undefined : fits.get(variant.ref)?.level;
}
