import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MemoryError} from '../../../source/errors/memory-error.js';
import {UsageError} from '../../../source/errors/usage-error.js';
import {loadWithRetries} from '../../../source/services/load-plans/load-with-retries.js';
import {smallerModel} from '../../../source/services/load-plans/smaller-model.js';
import {smallerPlans} from '../../../source/services/load-plans/smaller-plans.js';
import {type LoadPlan} from '../../../source/types/load-plan.js';
import {recorder} from '../../helpers/recorder.js';
import {planMachine} from '../../helpers/load-plans.js';
import {denseModel, mixtureModel, usualPlan} from '../../helpers/plans.js';

function steps(changes: Partial<LoadPlan>, fixed: ReadonlyArray<keyof LoadPlan> = [], model = denseModel): readonly string[] {
	return smallerPlans({...usualPlan, ...changes}, model, new Set(fixed)).map(({contextSize, kvCacheType, gpuLayers}) => `${contextSize} ${kvCacheType} ${gpuLayers}`);
}

test('tries half the context, then a quarter in 8 bits, then the least without a GPU', () => {
	assert.deepEqual(steps({contextSize: 32_768, gpuLayers: 'auto'}), ['16384 f16 auto', '8192 q8_0 auto', '2048 q8_0 0']);
	assert.deepEqual(steps({contextSize: 8192, gpuLayers: 0}), ['4096 f16 0', '2048 q8_0 0']);
	assert.deepEqual(steps({contextSize: 1024, gpuLayers: 0}), ['1024 q8_0 0']);
});

test('first tries what costs no answers: fewer layers on the GPU, weights mapped and not locked', () => {
	assert.deepEqual(steps({contextSize: 32_768, gpuLayers: 33}), ['32768 f16 auto', '8192 q8_0 auto', '2048 q8_0 0']);
	const [first] = smallerPlans({...usualPlan, memoryMap: false, memoryLock: true}, denseModel, new Set());
	assert.deepEqual([first?.memoryMap, first?.memoryLock, first?.contextSize, first?.kvCacheType], [true, false, usualPlan.contextSize, 'f16']);
});

test('of a small context in 8 bits the batch is left to cut', () => {
	const plans = smallerPlans({...usualPlan, contextSize: 2048, kvCacheType: 'q8_0'}, denseModel, new Set());
	assert.deepEqual(plans.map(({contextSize, batchSize}) => [contextSize, batchSize]), [[2048, 64]]);
	assert.deepEqual(smallerPlans({...usualPlan, contextSize: 2048, kvCacheType: 'q8_0'}, denseModel, new Set(['batchSize'])), []);
});

test('what is given stays as it is', () => {
	assert.deepEqual(steps({contextSize: 32_768}, ['contextSize']), ['32768 q8_0 0']);
	assert.deepEqual(steps({contextSize: 32_768}, ['contextSize', 'kvCacheType', 'batchSize']), []);
	assert.deepEqual(steps({contextSize: 8192, gpuLayers: 10}, ['gpuLayers']), ['4096 f16 10', '2048 q8_0 10']);
});

test('a cache stays in 16 bits where the model or the plan does not allow less', () => {
	const oddHeads = {...denseModel, architecture: {...denseModel.architecture!, keyLength: 80}};
	assert.deepEqual(steps({contextSize: 8192}, [], oddHeads), ['4096 f16 0', '2048 f16 0']);
	assert.deepEqual(steps({contextSize: 8192, flashAttention: false}), ['4096 f16 0', '2048 f16 0']);
});

const outOfMemory = () => new MemoryError('It does not fit.', {code: 'out_of_memory'});

test('goes on until a plan fits, and says what it tries before it does', async () => {
	const events: string[] = [];
	const {plan} = await loadWithRetries({...usualPlan, contextSize: 8192}, {
		model: denseModel,
		fixed: new Set(),
		async load({contextSize}) {
			events.push(`load ${contextSize}`);
			if (contextSize > 4000 && contextSize !== 4096) {
				throw outOfMemory();
			}
		},
		advise: async () => 'advice',
		onNotice(sentence) {
			events.push(sentence);
		},
	});
	assert.equal(plan.contextSize, 4096);
	assert.deepEqual(events, ['load 8192', 'Dense 8B Instruct did not fit at 8,192 tokens: tries 4,096 tokens.', 'load 4096']);
});

test('where nothing fits, the error says what was tried and what would help', async () => {
	const notices = recorder<string>();
	let loads = 0;
	await assert.rejects(loadWithRetries({...usualPlan, contextSize: 131_072, gpuLayers: 33}, {
		model: denseModel,
		fixed: new Set(),
		async load() {
			loads++;
			throw outOfMemory();
		},
		advise: async () => 'other-model would fit.',
		onNotice: notices.listen,
	}), {
		code: 'out_of_memory', exitCode: 7, hint: 'other-model would fit.', message: /131,072 tokens in f16; 131,072 tokens in f16; 32,768 tokens in q8_0; 2,048 tokens in q8_0/v,
	});
	assert.equal(loads, 4);
	assert.equal(notices.values.length, 3);
});

test('any other error ends it at once', async () => {
	await assert.rejects(loadWithRetries(usualPlan, {
		model: denseModel,
		fixed: new Set(),
		async load() {
			throw new UsageError('No.', {code: 'no'});
		},
		advise: async () => '',
		onNotice() {
			assert.fail('Nothing was tried again.');
		},
	}), {code: 'no'});
});

test('offers the best smaller model: its family first, then what is installed, then the largest', () => {
	const offered = (id: string, gigabytes: number, more: {readonly installed?: boolean; readonly family?: string} = {}) => ({
		...denseModel, id, weightBytes: gigabytes * 1e9, installed: false, ...more,
	});
	const large = {...mixtureModel, weightBytes: 60e9, family: 'mix'};
	const others = [offered('too-large', 40), offered('largest', 15), offered('installed', 5, {installed: true}), offered('tiny', 1, {installed: true})];
	assert.equal(smallerModel(large, others, planMachine)?.id, 'installed');
	assert.equal(smallerModel(large, [...others, offered('sibling', 8, {family: 'mix'})], planMachine)?.id, 'sibling');
	assert.equal(smallerModel(large, others.slice(0, 2), planMachine)?.id, 'largest');
	assert.equal(smallerModel({...denseModel, weightBytes: 1e8}, others, planMachine), undefined);
	const embedding = {...offered('bge', 2, {installed: true, family: 'mix'}), name: 'bge-m3'};
	assert.equal(smallerModel(large, [embedding, ...others], planMachine)?.id, 'installed');
	assert.equal(smallerModel(large, [embedding], planMachine), undefined);
});
