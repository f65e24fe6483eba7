import {type LoadPlan} from '../../types/load-plan.js';

/**
What the settings of a load plan are called, in the order they are shown in.
*/
export const settingNames: Readonly<Record<keyof LoadPlan, string>> = {
	contextSize: 'Context',
	gpuLayers: 'GPU layers',
	threads: 'Threads',
	batchSize: 'Batch',
	kvCacheType: 'KV cache',
	flashAttention: 'Flash attention',
	memoryMap: 'Memory map',
	memoryLock: 'Memory lock',
	expertLayersInMemory: 'Experts in memory',
};
