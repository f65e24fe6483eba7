import {type Config} from '../../types/config.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {coresOf, type PlanMachine, usualThreads} from './plan-machine.js';

const defaultBatchSize = 512;

/**
The whole plan: what is asked for, and the config for the rest. Settings that came from a machine with more cores become what this one has.
*/
export function resolveLoadPlan(given: Partial<LoadPlan>, settings: Pick<Config['engine'], 'contextSize' | 'gpu' | 'threads'>, machine: Pick<PlanMachine, 'cpu'>): LoadPlan {
	return {
		contextSize: settings.contextSize,
		gpuLayers: settings.gpu === 'off' ? 0 : 'auto',
		batchSize: defaultBatchSize,
		threads: settings.threads > 0 ? Math.min(settings.threads, coresOf(machine)) : usualThreads(machine),
		kvCacheType: 'f16',
		flashAttention: 'auto',
		memoryMap: true,
		memoryLock: false,
		expertLayersInMemory: 0,
		...given,
	};
}
