import {type FitPlan, type MemoryPlace} from '../../../types/fit.js';

/**
Where the parts of a model lie.
*/
export type Placement = {
	readonly layer: (index: number) => MemoryPlace;
	readonly experts: (index: number) => MemoryPlace;
	readonly output: MemoryPlace;
	/**
	Layers on the GPU, the output counted as one.
	*/
	readonly gpuLayers: number;
	/**
	0–1.
	*/
	readonly gpuShare: number;
	/**
	Nothing but the token embedding is left to the processor.
	*/
	readonly isWhole: boolean;
};

/**
Llama.cpp puts the output on the GPU first, then the layers from the last one backwards (`i_gpu_start` in src/llama-model.cpp). Of the layers on the GPU the first ones leave their experts in memory.
*/
export function placementOf(blockCount: number, {gpuLayers = 0, expertLayersInMemory = 0}: FitPlan): Placement {
	const count = gpuLayers === 'auto' ? 0 : Math.min(gpuLayers, blockCount + 1);
	const first = blockCount + 1 - count;
	const layer = (index: number): MemoryPlace => index >= first ? 'gpu' : 'memory';
	return {
		layer,
		experts: index => index >= first + expertLayersInMemory ? layer(index) : 'memory',
		output: count > 0 ? 'gpu' : 'memory',
		gpuLayers: count,
		gpuShare: count / (blockCount + 1),
		isWhole: count > blockCount && expertLayersInMemory === 0,
	};
}
