import {nameWithQuantization} from '../../format/model-name.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type HardwareState, type JudgedMachine, type ModelFit} from '../reducers/hardware.js';
import {type FitSort} from '../reducers/hardware-list.js';
import {type AppState} from '../state.js';
import {fitWords} from './fit-words.js';
import {memoize} from './memoize.js';

/**
A model as the hardware tab lists it: of the registry, or installed from elsewhere.
*/
export type FitRow = ModelFit & {
	/**
	With its quantization.
	*/
	readonly name: string;
	readonly quantization: string;
	readonly isInstalled: boolean;
	readonly isRecommended: boolean;
	/**
	What the filter looks at, in lower case.
	*/
	readonly searchText: string;
};

/**
The machine that the tab speaks of: the one described, for as long as there is one, else this.
*/
export function shownMachine({real, simulated}: Pick<HardwareState, 'real' | 'simulated'>): JudgedMachine | undefined {
	return simulated ?? real;
}

/**
The models that the filter leaves, in order; the same array until something changes.
*/
export function selectFitRows({hardware, registry, library}: Pick<AppState, 'hardware' | 'registry' | 'library'>): readonly FitRow[] {
	const rows = fitRows(shownMachine(hardware)?.fits ?? noFits, registry, library.models);
	return matching(sorted(rows, hardware.sort), hardware.filter.value);
}

export function selectFitRow(state: Pick<AppState, 'hardware' | 'registry' | 'library'>): FitRow | undefined {
	return selectFitRows(state)[state.hardware.list.cursor];
}

const noFits: readonly ModelFit[] = [];

const fitRows = memoize((fits: readonly ModelFit[], registry: readonly RegistryModel[], models: readonly InstalledModel[]): readonly FitRow[] => {
	const curated = new Map(registry.map(model => [model.id, model]));
	const installed = new Map(models.map(model => [model.id, model]));
	return fits.flatMap((fit): readonly FitRow[] => {
		const model = curated.get(fit.modelId) ?? installed.get(fit.modelId);
		if (!model) {
			return [];
		}

		const {id, name, quantization, family = ''} = model;
		const isInstalled = installed.has(id);
		const words = [id, name, quantization, family, fitWords(fit.verdict), ...(isInstalled ? ['installed'] : []), ...('tags' in model ? model.tags : [])];
		return [{
			...fit, name: nameWithQuantization(name, quantization), quantization, isInstalled, isRecommended: 'recommended' in model && model.recommended, searchText: words.join(' ').toLowerCase(),
		}];
	});
});

const collator = new Intl.Collator('en', {numeric: true});

const orders: Readonly<Record<Exclude<FitSort, 'recommended'>, (one: FitRow, other: FitRow) => number>> = {
	speed: (one, other) => speedOf(other) - speedOf(one),
	size: (one, other) => one.verdict.need.totalBytes - other.verdict.need.totalBytes,
	name: (one, other) => collator.compare(one.name, other.name),
	installed: (one, other) => Number(other.isInstalled) - Number(one.isInstalled),
};

function speedOf({verdict}: FitRow): number {
	return verdict.speed?.generationTokensPerSecond.expected ?? 0;
}

const sorted = memoize((rows: readonly FitRow[], sort: FitSort): readonly FitRow[] => (
	sort === 'recommended' ? rows : rows.toSorted(orders[sort])
));

const matching = memoize((rows: readonly FitRow[], filter: string): readonly FitRow[] => {
	const words = filter.toLowerCase().split(/\s+/v).filter(word => word !== '');
	return words.length === 0 ? rows : rows.filter(({searchText}) => words.every(word => searchText.includes(word)));
});
