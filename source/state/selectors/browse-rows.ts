import {nameWithoutQuantization} from '../../format/model-name.js';
import {type Download} from '../../types/download.js';
import {type FitLevel} from '../../types/fit.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type ModelDetails, type SearchResult} from '../../types/search.js';
import {type Fit} from '../../types/speed.js';
import {type BrowseDetailsEntry} from '../reducers/browse-details.js';
import {
	type BrowseFilter,
	type BrowseState,
	type Fits,
} from '../reducers/browse.js';
import {type AppState} from '../state.js';
import {bestVariant} from './best-variant.js';
import {orderRegistry, orderResults} from './browse-order.js';
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
	Of a repository how many it has, once that is known.
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
	const curated = orderedRegistry(registryRows(registry), fits, sort);
	const results = orderedResults(hubRows(search.results, details), sort);
	const wanted = resultCriteria(wordsForStale(browse, words), filter, fits, details);
	return joined(
		matching(curated, curatedCriteria(words, filter, fits, details), installed),
		matchingResults(results, wanted, installed),
	);
}

export function selectBrowseRow(state: AppState): BrowseRow | undefined {
	return selectBrowseRows(state)[state.browse.list.cursor];
}

/**
The verdict of a row: the registry's own, or that of the best variant where the repository's details are known.
*/
export function fitOfRow({key, origin, repository}: BrowseRow, fits: Fits, details: BrowseState['details']): Fit | undefined {
	return origin === 'registry' ? fits.get(key) : bestFit(details.get(repository), fits);
}

/**
The installed model of a row; of a repository the one of its variants that is installed.
*/
export function installedOf({library, registry}: AppState, row: BrowseRow): InstalledModel | undefined {
	return lookUp(installedByKey(library.models, registry), row);
}

/**
The download of a row that is not over.
*/
export function queuedOf({downloads}: AppState, row: BrowseRow): Download | undefined {
	return lookUp(queuedByKey(downloads.items), row);
}

function lookUp<Value>(byKey: ReadonlyMap<string, Value>, {key, origin, repository, quantization}: BrowseRow): Value | undefined {
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
function wordsForStale({search, query}: BrowseState, words: readonly string[]): readonly string[] {
	return search.resultsText === query.value.trim() ? noWords : words;
}

const registryRows = memoize((models: readonly RegistryModel[]): readonly BrowseRow[] => models.filter(({deprecated}) => !deprecated).map(model => toRegistryRow(model)));

function toRegistryRow(model: RegistryModel): BrowseRow {
	const {id, name, family, quantization, huggingFaceRepo, description, tags} = model;
	return {
		key: id,
		origin: 'registry',
		// The quantization has a column of its own.
		name: nameWithoutQuantization(name, quantization),
		repository: huggingFaceRepo,
		parameters: model.parameters,
		quantization,
		sizeBytes: model.fileSize,
		contextLength: model.contextWindow,
		isRecommended: model.recommended,
		isGated: false,
		searchText: [id, name, family, quantization, huggingFaceRepo, description, ...tags].join(' ').toLowerCase(),
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
		quantization: known ? countKinds(known.variants.length) : '',
		contextLength: known?.contextLength,
		downloads,
		likes,
		isRecommended: false,
		isGated: gated,
		searchText: repository.toLowerCase(),
	};
}

function countKinds(count: number): string {
	return count === 1 ? '1 kind' : `${count} kinds`;
}

const orderedRegistry = memoize(orderRegistry);
const orderedResults = memoize(orderResults);

type Criteria = {
	readonly words: readonly string[];
	readonly filter: BrowseFilter;
	readonly fits: Fits;
	readonly details: BrowseState['details'];
};

const toCriteria = (words: Criteria['words'], filter: BrowseFilter, fits: Fits, details: Criteria['details']): Criteria => ({
	words, filter, fits, details,
});

// Each remembers one result, so registry and results need their own.
const curatedCriteria = memoize(toCriteria);
const resultCriteria = memoize(toCriteria);
const matching = memoize(matchingRows);
const matchingResults = memoize(matchingRows);

function matchingRows(rows: readonly BrowseRow[], {words, filter, fits, details}: Criteria, installed: Keys): readonly BrowseRow[] {
	const named = words.length === 0 ? rows : rows.filter(({searchText}) => words.every(word => searchText.includes(word)));
	return filter === 'all' ? named : named.filter(row => isPassing(row, filter, fitOfRow(row, fits, details)?.level, installed));
}

/**
Of a repository it is not known whether it fits until its variants are; it stays until then.
*/
function isPassing(row: BrowseRow, filter: BrowseFilter, level: FitLevel | undefined, installed: Keys): boolean {
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

function bestFit(entry: BrowseDetailsEntry | undefined, fits: Fits): Fit | undefined {
	const variant = entry?.status === 'ready' ? bestVariant(entry.details.variants, ({ref}) => fits.get(ref)?.level) : undefined;
	return variant === undefined ? undefined : fits.get(variant.ref);
}
