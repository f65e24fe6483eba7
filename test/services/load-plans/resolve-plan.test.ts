import assert from 'node:assert/strict';
import {test} from 'node:test';
import {resolveLoadPlan} from '../../../source/services/load-plans/resolve-plan.js';
import {engineSettings} from '../../helpers/starter-model.js';

test('takes all cores but one, and at least one', () => {
	assert.equal(resolveLoadPlan({}, engineSettings, 8).threads, 7);
	assert.equal(resolveLoadPlan({}, engineSettings, 1).threads, 1);
	assert.equal(resolveLoadPlan({}, {...engineSettings, threads: 3}, 8).threads, 3);
});

test('takes from the config what is not asked for', () => {
	const plan = resolveLoadPlan({threads: 2}, {...engineSettings, contextSize: 4096, gpu: 'auto'}, 8);
	assert.deepEqual(plan, {
		contextSize: 4096, gpuLayers: 'auto', batchSize: 512, threads: 2, kvCacheType: 'f16', flashAttention: 'auto', memoryMap: true, memoryLock: false, expertLayersInMemory: 0,
	});
	assert.equal(resolveLoadPlan({}, {...engineSettings, gpu: 'off'}, 8).gpuLayers, 0);
});
