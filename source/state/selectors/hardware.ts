import {type RegistryModel} from '../../types/registry-model.js';
import {type ModelFit} from '../reducers/hardware.js';
import {type AppState} from '../state.js';

export type FitRow = ModelFit & {
	readonly model: RegistryModel;
	readonly isInstalled: boolean;
};

type Inputs = Pick<AppState, 'registry' | 'library'> & {readonly fits: readonly ModelFit[]};

let known: {readonly inputs: Inputs; readonly rows: readonly FitRow[]} | undefined;

/**
The registry's models with their verdicts, in the order of `hardware.fits`.
*/
export function selectFitRows({hardware, registry, library}: AppState): readonly FitRow[] {
	if (known?.inputs.fits === hardware.fits && known.inputs.registry === registry && known.inputs.library === library) {
		return known.rows;
	}

	const byId = new Map(registry.map(model => [model.id, model]));
	const installed = new Set(library.models.map(({id}) => id));
	const rows = hardware.fits.flatMap((fit): readonly FitRow[] => {
		const model = byId.get(fit.modelId);
		return model ? [{...fit, model, isInstalled: installed.has(fit.modelId)}] : [];
	});
	known = {inputs: {fits: hardware.fits, registry, library}, rows};
	return rows;
}
