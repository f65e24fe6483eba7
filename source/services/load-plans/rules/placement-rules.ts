import {formatInteger} from '../../../format/number.js';
import {type Rule} from './rule.js';

const layersAreANumber: Rule = ({gpuLayers}) => gpuLayers === 'auto' || (Number.isSafeInteger(gpuLayers) && gpuLayers >= 0)
	? undefined
	: {
		field: 'gpuLayers', severity: 'error', message: `${gpuLayers} layers cannot be put on a GPU.`, suggestion: 'Take a number from 0, or auto.', change: {gpuLayers: 'auto'},
	};

const gpuIsThere: Rule = ({gpuLayers}, _model, {gpus}) => gpuLayers === 'auto' || gpuLayers <= 0 || gpus === undefined || gpus.length > 0
	? undefined
	: {
		field: 'gpuLayers',
		severity: 'error',
		message: `The plan puts ${formatInteger(gpuLayers)} layers on a GPU, and this machine has none.`,
		suggestion: 'Take 0, or auto.',
		change: {gpuLayers: 0},
	};

const layersAreThere: Rule = ({gpuLayers}, {name, architecture}) => {
	// The output counts as one more.
	const most = architecture === undefined ? Infinity : architecture.blockCount + 1;
	return gpuLayers === 'auto' || gpuLayers <= most
		? undefined
		: {
			field: 'gpuLayers',
			severity: 'warning',
			message: `${name} has ${formatInteger(most)} layers with its output.`,
			suggestion: `Take ${formatInteger(most)} for all of them.`,
			change: {gpuLayers: most},
		};
};

const expertsAreThere: Rule = ({expertLayersInMemory}, {name, architecture}) => {
	const most = architecture === undefined ? Infinity : ((architecture.expertCount ?? 0) > 0 ? architecture.blockCount : 0);
	return Number.isSafeInteger(expertLayersInMemory) && expertLayersInMemory >= 0 && expertLayersInMemory <= most
		? undefined
		: {
			field: 'expertLayersInMemory',
			severity: 'error',
			message: most === 0 ? `${name} has no experts that could be kept in main memory.` : `The experts of ${expertLayersInMemory} layers cannot be kept in main memory.`,
			suggestion: most === 0 || most === Infinity ? 'Take 0.' : `Take 0 to ${formatInteger(most)}.`,
			change: {expertLayersInMemory: most !== Infinity && Number.isSafeInteger(expertLayersInMemory) ? Math.max(0, Math.min(most, expertLayersInMemory)) : 0},
		};
};

const engineMovesWholeLayers: Rule = ({expertLayersInMemory}) => expertLayersInMemory > 0
	? {
		field: 'expertLayersInMemory',
		severity: 'warning',
		message: 'Remuda’s engine cannot keep experts in main memory while the rest of their layer is on the GPU; it puts fewer whole layers there.',
		suggestion: 'To have it so, start llama-server with --n-cpu-moe; remuda optimize prints the command.',
	}
	: undefined;

export const placementRules: readonly Rule[] = [layersAreANumber, gpuIsThere, layersAreThere, expertsAreThere, engineMovesWholeLayers];
