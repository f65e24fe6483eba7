import {type SpeedModel, type SpeedPlan} from '../../../types/speed-subject.js';
import {type SpeedConstants} from './calibration.js';
import {type ResolvedMachine} from './resolve-machine.js';
import {kvBytesPerToken, layersOf} from './token-work.js';

/**
Shares of the work of one token that the GPU does.
*/
export type Placement = {
	/**
	Of the weights read for one token: 1 is all on the GPU, 0 all on the CPU.
	*/
	readonly gpuShare: number;
	/**
	Of the layers; larger than the share of weights where only experts stay in main memory.
	*/
	readonly gpuLayerShare: number;
};

// What experts are of the weights of one token; the rest is attention, shared experts and the output.
const expertShare = 0.65;

/**
Where the layers go: as the plan says, or, of `auto` and of a `split` without a number of layers, as many on the GPU as fit beside the keys and values and what the runtime keeps free.
*/
export function placeLayers(model: SpeedModel, plan: SpeedPlan, machine: ResolvedMachine, constants: SpeedConstants): Placement {
	if (machine.gpu === undefined || plan.placement === 'cpu') {
		return {gpuShare: 0, gpuLayerShare: 0};
	}

	if (plan.placement === 'gpu') {
		return {gpuShare: 1, gpuLayerShare: 1};
	}

	const layers = layersOf(model);
	if (plan.expertLayersOnCpu !== undefined) {
		return {gpuShare: 1 - (expertShare * Math.min(1, plan.expertLayersOnCpu / layers)), gpuLayerShare: 1};
	}

	if (plan.gpuLayers !== undefined && Number.isFinite(plan.gpuLayers)) {
		const share = Math.min(1, Math.max(0, plan.gpuLayers / layers));
		return {gpuShare: share, gpuLayerShare: share};
	}

	// Unified memory is one; there is nothing to split over.
	if (machine.gpu.unifiedMemory || machine.gpuMemoryGiB === undefined) {
		return {gpuShare: 1, gpuLayerShare: 1};
	}

	const room = (machine.gpuMemoryGiB - (machine.gpuCount * constants.keptFreeGiB)) * (2 ** 30);
	const needed = model.weightsBytes + (kvBytesPerToken(model) * (plan.contextSize ?? 4096));
	const most = plan.placement === 'split' ? 0.97 : 1;
	const share = Math.min(most, Math.max(0, room / needed));
	return {gpuShare: share, gpuLayerShare: share};
}
