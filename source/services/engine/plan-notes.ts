import {formatInteger} from '../../format/number.js';
import {type LoadPlan} from '../../types/load-plan.js';

/**
Where a model was loaded otherwise than asked for, and why, as sentences.
*/
export function planNotes(asked: LoadPlan, applied: LoadPlan): readonly string[] {
	return [
		...(applied.contextSize < asked.contextSize ? [`The context is ${formatInteger(applied.contextSize)} tokens, not ${formatInteger(asked.contextSize)}: the model was trained for no more.`] : []),
		...(applied.kvCacheType === asked.kvCacheType ? [] : [`The cache is kept in ${applied.kvCacheType}, not ${asked.kvCacheType}: this model has no flash attention, which that needs.`]),
		...(asked.flashAttention === true && applied.flashAttention === false ? ['Flash attention is off: this model does not support it.'] : []),
		...(asked.memoryMap && !applied.memoryMap ? ['The file is not mapped: the weights were copied into memory.'] : []),
		...(asked.memoryLock && !applied.memoryLock ? ['The weights are not locked in memory, or not all of them: the system does not allow that much (ulimit -l).'] : []),
		...(asked.expertLayersInMemory > applied.expertLayersInMemory ? [`The engine cannot keep the experts of ${formatInteger(asked.expertLayersInMemory)} layers in main memory by themselves; ${layers(applied.gpuLayers)} on the GPU instead.`] : []),
	];
}

function layers(count: LoadPlan['gpuLayers']): string {
	return count === 1 ? '1 whole layer is' : `${count} whole layers are`;
}
