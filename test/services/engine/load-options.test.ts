import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {type LoadPlan} from '../../../source/types/load-plan.js';
import {engineSettings, greedy, installedModel} from '../../helpers/starter-model.js';

const engine = createEngine({settings: () => engineSettings});
const {signal} = new AbortController();
const model = installedModel();

after(engine.close);

async function answerWith(plan: Partial<LoadPlan>): Promise<string> {
	await engine.load(model, {signal, plan});
	const {text} = await engine.generate({messages: [{role: 'user', content: 'What is the capital of France?'}], sampling: greedy}, {signal});
	return text;
}

test('every option is applied, and what was applied is told', async () => {
	const plan: LoadPlan = {
		contextSize: 512, gpuLayers: 0, batchSize: 64, threads: 1, kvCacheType: 'f16', flashAttention: false, memoryMap: false, memoryLock: false, expertLayersInMemory: 0,
	};
	const loaded = await engine.load(model, {signal, plan});
	assert.deepEqual(loaded.plan, plan);
	assert.deepEqual(loaded.notes, []);
	assert.ok(loaded.memory.estimatedBytes > model.sizeBytes);
	assert.match(await answerWith(plan), /Paris/v);
});

for (const kvCacheType of ['f16', 'q8_0', 'q4_0'] as const) {
	for (const flashAttention of ['auto', true] as const) {
		test(`answers with the cache in ${kvCacheType} and flash attention ${flashAttention}`, async () => {
			const answer = await answerWith({contextSize: 512, kvCacheType, flashAttention});
			assert.equal(engine.loaded()!.plan.kvCacheType, kvCacheType);
			assert.equal(engine.loaded()!.plan.flashAttention, flashAttention);
			assert.match(answer, kvCacheType === 'q4_0' ? /\w/v : /Paris/v);
		});
	}
}

test('a larger context than the model was trained for is cut, and that is said', async () => {
	const {plan, notes} = await engine.load(model, {signal, plan: {contextSize: 8192}});
	assert.equal(plan.contextSize, 1024);
	assert.match(notes.join(' '), /1,024 tokens, not 8,192/v);
});

test('a plan that cannot be is refused before anything is loaded, with all that is wrong with it', async () => {
	await assert.rejects(engine.load(model, {
		signal, plan: {
			kvCacheType: 'q8_0', flashAttention: false, threads: 5000, expertLayersInMemory: 3,
		},
	}), error => {
		assert.ok(error instanceof Error);
		assert.equal((error as Error & {code: string}).code, 'invalid_plan');
		assert.match(error.message, /5,000 threads.*flash attention.*no experts/v);
		return true;
	});
});
