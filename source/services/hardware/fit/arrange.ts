import {type FitPlan, type MemoryNeed} from '../../../types/fit.js';
import {memoryMarginBytes} from '../margins.js';
import {type GpuRoom, type Room} from './room.js';

/**
How a model is spread over a machine.
*/
export type Arrangement = {
	readonly fits: boolean;
	readonly gpuLayers: number;
	readonly need: MemoryNeed;
	/**
	Missing where it does not fit, with nothing kept free of main memory: on the GPUs, and in main memory besides.
	*/
	readonly shortOfGpuBytes: number;
	readonly shortOfMemoryBytes: number;
};

/**
As many layers on the GPUs as fit there, or as many as are asked for, and the rest in main memory.
*/
export function arrange({needWith, layerCount, gpuLayers, room, isMarginKept}: {
	readonly needWith: (gpuLayers: number) => MemoryNeed;
	/**
	The output counted as one.
	*/
	readonly layerCount: number;
	readonly gpuLayers: NonNullable<FitPlan['gpuLayers']>;
	readonly room: Room;
	readonly isMarginKept: boolean;
}): Arrangement {
	const {gpus} = room;
	const layers = chooseLayers();
	const need = needWith(layers);
	const shortOfGpuBytes = gpus === undefined || layers === 0 ? 0 : Math.max(0, need.gpuBytes + apartBytes(need, layers, gpus) - gpus.usableBytes);
	const inMemory = memoryBytesOf(need, room);
	return {
		fits: shortOfGpuBytes === 0 && inMemory + (isMarginKept ? memoryMarginBytes : 0) <= room.memoryBytes,
		gpuLayers: layers,
		need,
		shortOfGpuBytes,
		// Of a GPU that shares the memory, the same bytes would count twice.
		shortOfMemoryBytes: Math.max(0, inMemory - room.memoryBytes - (gpus?.isUnified === true ? shortOfGpuBytes : 0)),
	};

	function chooseLayers(): number {
		if (gpus === undefined) {
			return 0;
		}

		return gpuLayers === 'auto' ? largestThat(layerCount, count => isOnGpus(needWith(count), count, gpus)) : Math.min(gpuLayers, layerCount);
	}
}

/**
Whether that much fits on the GPUs, spread over all.
*/
export function isOnGpus(need: MemoryNeed, gpuLayers: number, gpus: GpuRoom): boolean {
	return need.gpuBytes + apartBytes(need, gpuLayers, gpus) <= gpus.usableBytes;
}

/**
What lies in main memory, for a GPU that shares it too.
*/
export function memoryBytesOf(need: MemoryNeed, {gpus}: Room): number {
	return need.memoryBytes + (gpus?.isUnified === true ? Math.max(0, need.gpuBytes - gpus.reservedBytes) : 0);
}

/**
What spreading costs: each further GPU has a compute buffer of its own, and room for part of a layer stays empty.
*/
function apartBytes(need: MemoryNeed, gpuLayers: number, {count}: GpuRoom): number {
	const computeBytes = need.lines.filter(({part, place}) => part === 'compute' && place === 'gpu').reduce((sum, {bytes}) => sum + bytes, 0);
	return (count - 1) * (computeBytes + Math.ceil((need.gpuBytes - computeBytes) / Math.max(1, gpuLayers)));
}

/**
The largest number up to `most` for which it holds, given that it holds for all smaller ones then; 0 where for none.
*/
export function largestThat(most: number, isGood: (count: number) => boolean): number {
	let [low, high] = [0, most];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (isGood(middle)) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}

	return low;
}
