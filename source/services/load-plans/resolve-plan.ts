import {type Config} from '../../types/config.js';
import {type LoadPlan} from '../../types/load-plan.js';

const defaultBatchSize = 512;

/**
The whole plan: what is asked for, and the config for the rest. Settings that came from a machine with more cores become what this one has.
*/
export function resolveLoadPlan(given: Partial<LoadPlan>, settings: Config['engine'], cores: number): LoadPlan {
	return {
		contextSize: settings.contextSize,
		gpuLayers: settings.gpu === 'off' ? 0 : 'auto',
		batchSize: defaultBatchSize,
		// All cores cost two thirds of the speed of generation under Node.
		threads: settings.threads > 0 ? Math.min(settings.threads, cores) : Math.max(1, cores - 1),
		kvCacheType: 'f16',
		flashAttention: 'auto',
		memoryMap: true,
		memoryLock: false,
		expertLayersInMemory: 0,
		...given,
	};
}
