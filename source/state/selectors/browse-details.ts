import {type Download} from '../../types/download.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type SearchResult, type Variant} from '../../types/search.js';
import {type Fit} from '../../types/speed.js';
import {type BrowseDetailsEntry} from '../reducers/browse-details.js';
import {type DownloadTarget} from '../reducers/browse.js';
import {type AppState} from '../state.js';
import {bestVariant} from './best-variant.js';
import {selectBrowseRow, type BrowseRow} from './browse-rows.js';
import {installedByKey, queuedByKey, variantKey} from './variant-keys.js';

/**
All that is known of the selected row.
*/
export type BrowseDetails = {
	readonly row: BrowseRow;
	readonly model?: RegistryModel;
	readonly result?: SearchResult;
	readonly entry?: BrowseDetailsEntry;
	/**
	Smallest first. Of a registry model at least its own, even offline.
	*/
	readonly variants: readonly VariantRow[];
	/**
	Index of the selected variant.
	*/
	readonly cursor: number;
};

export type VariantRow = Variant & {
	readonly target: DownloadTarget;
	readonly verdict?: Fit;
	readonly installed?: InstalledModel;
	readonly queued?: Download;
};

export function selectBrowseDetails(state: AppState): BrowseDetails | undefined {
	const row = selectBrowseRow(state);
	if (!row) {
		return undefined;
	}

	const model = row.origin === 'registry' ? state.registry.find(({id}) => id === row.key) : undefined;
	const result = row.origin === 'hub' ? state.browse.search.results.find(({ref}) => ref === row.key) : undefined;
	const entry = state.browse.details.get(row.repository);
	const variants = variantsOf(state, {model, entry, row});
	return {
		row, model, result, entry, variants, cursor: cursorOf(state, variants, model),
	};
}

export function selectBrowseVariant(state: AppState): VariantRow | undefined {
	const details = selectBrowseDetails(state);
	return details?.variants[details.cursor];
}

function variantsOf(state: AppState, {model, entry, row}: Pick<BrowseDetails, 'model' | 'entry' | 'row'>): readonly VariantRow[] {
	const own = model ? registryVariant(model) : undefined;
	const found = entry?.status === 'ready' ? entry.details.variants : [];
	const isOwnFound = own !== undefined && found.some(variant => isSameVariant(variant, own));
	const variants = own === undefined || isOwnFound ? found : [own, ...found].toSorted((one, other) => one.sizeBytes - other.sizeBytes);
	return variants.map((variant): VariantRow => {
		// The curated entry knows a hash of its own, so it is what is asked for.
		const isOwn = own !== undefined && isSameVariant(variant, own);
		const ref = isOwn ? own.ref : variant.ref;
		const name = `${row.name} ${variant.quantization}`;
		return {
			...variant,
			target: {ref, name, isRepository: false},
			verdict: state.browse.fits.get(variant.ref) ?? state.browse.fits.get(ref),
			installed: lookUp(installedByKey(state.library.models, state.registry), ref, variant, row),
			queued: lookUp(queuedByKey(state.downloads.items), ref, variant, row),
		};
	});
}

function registryVariant({id, quantization, files, fileSize}: RegistryModel): Variant {
	return {
		ref: id,
		quantization,
		sizeBytes: fileSize,
		files: files.map(({fileName, sizeBytes = 0, role}) => ({path: fileName, sizeBytes, role})),
	};
}

function isSameVariant(one: Variant, own: Variant): boolean {
	const path = own.files[0]?.path;
	return one.quantization === own.quantization && (path === undefined || one.files.some(file => file.path === path));
}

function lookUp<Value>(byKey: ReadonlyMap<string, Value>, ref: string, variant: Variant, {repository}: BrowseRow): Value | undefined {
	const found = byKey.get(ref.toLowerCase()) ?? byKey.get(variant.ref.toLowerCase());
	// A reference with a file in it means that the quantization alone is not enough to tell variants apart.
	return found ?? (variant.ref.endsWith('.gguf') ? undefined : byKey.get(variantKey(repository, variant.quantization)));
}

function cursorOf(state: AppState, variants: readonly VariantRow[], model: RegistryModel | undefined): number {
	const {variantCursor} = state.browse;
	if (variantCursor !== undefined) {
		return Math.max(0, Math.min(variantCursor, variants.length - 1));
	}

	const preferred = model ? variants.find(({target}) => target.ref === model.id) : bestVariant(variants, ({verdict}) => verdict?.level);
	return Math.max(0, preferred === undefined ? 0 : variants.indexOf(preferred));
}
