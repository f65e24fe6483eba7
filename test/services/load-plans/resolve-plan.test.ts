import assert from 'node:assert/strict';
import {test} from 'node:test';
import {resolveLoadPlan} from '../../../source/services/load-plans/resolve-plan.js';
import {engineSettings} from '../../helpers/starter-model.js';

const cores = (logicalCores: number, physicalCores = logicalCores) => ({cpu: {logicalCores, physicalCores}});

test('takes all cores but one, and at least one', () => {
	assert.equal(resolveLoadPlan({}, engineSettings, cores(8)).threads, 7);
	assert.equal(resolveLoadPlan({}, engineSettings, cores(1)).threads, 1);
	assert.equal(resolveLoadPlan({}, engineSettings, cores(16, 8)).threads, 8);
	assert.equal(resolveLoadPlan({}, {...engineSettings, threads: 3}, cores(8)).threads, 3);
});

test('takes from the config what is not asked for', () => {
	const plan = resolveLoadPlan({threads: 2}, {...engineSettings, contextSize: 4096, gpu: 'auto'}, cores(8));
	assert.deepEqual(plan, {
		contextSize: 4096, gpuLayers: 'auto', batchSize: 512, threads: 2, kvCacheType: 'f16', flashAttention: 'auto', memoryMap: true, memoryLock: false, expertLayersInMemory: 0,
	});
	assert.equal(resolveLoadPlan({}, {...engineSettings, gpu: 'off'}, cores(8)).gpuLayers, 0);
});
