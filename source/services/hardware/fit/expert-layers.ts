import {type FitPlan, type FitSubject, type MemoryNeed} from '../../../types/fit.js';
import {memoryMarginBytes} from '../margins.js';
import {isOnGpus, memoryBytesOf} from './arrange.js';
import {type Room} from './room.js';

/**
Of a mixture of experts: with the experts of how many layers in main memory everything else fits on the GPUs; undefined where it does not even then.
*/
export function expertLayersFor({weights}: FitSubject, room: Room, needOf: (changes: FitPlan) => MemoryNeed): number | undefined {
	const {gpus} = room;
	if (gpus === undefined || gpus.isUnified || weights?.layers.some(({expertBytes}) => expertBytes > 0) !== true) {
		return undefined;
	}

	const layerCount = weights.layers.length + 1;
	for (let layers = 1; layers <= weights.layers.length; layers++) {
		const need = needOf({gpuLayers: layerCount, expertLayersInMemory: layers});
		if (isOnGpus(need, layerCount, gpus)) {
			return memoryBytesOf(need, room) + memoryMarginBytes <= room.memoryBytes ? layers : undefined;
		}
	}

	return undefined;
}
