import {type RegistryModel} from '../../types/registry-model.js';
import {type ModelFit} from '../reducers/hardware.js';
import {type AppState} from '../state.js';
import {hasMemorySum} from './layout.js';
import {memoize} from './memoize.js';

export type FitRow = ModelFit & {
	readonly model: RegistryModel;
	readonly isInstalled: boolean;
};

const fitRows = memoize((fits: readonly ModelFit[], registry: AppState['registry'], {models}: AppState['library']): readonly FitRow[] => {
	const byId = new Map(registry.map(model => [model.id, model]));
	const installed = new Set(models.map(({id}) => id));
	return fits.flatMap((fit): readonly FitRow[] => {
		const model = byId.get(fit.modelId);
		return model ? [{...fit, model, isInstalled: installed.has(fit.modelId)}] : [];
	});
});

/**
The registry's models with their verdicts, in the order of `hardware.fits`.
*/
export function selectFitRows({hardware, registry, library}: AppState): readonly FitRow[] {
	return fitRows(hardware.fits, registry, library);
}

/**
Whether the sum for the selected model takes the whole body now.
*/
export function isShowingDetails({hardware, screen}: AppState): boolean {
	return hardware.isDetailsOpen && !hasMemorySum(screen, hardware.report);
}
