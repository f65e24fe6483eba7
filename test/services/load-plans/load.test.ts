import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {createLoadPlans} from '../../../source/services/load-plans/create-load-plans.js';
import {type LoadPlans} from '../../../source/services/load-plans/load-plans.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {planMachine} from '../../helpers/load-plans.js';
import {denseModel, usualPlan} from '../../helpers/plans.js';
import {writeRandomModel} from '../../helpers/random-model/write-random-model.js';
import {recorder} from '../../helpers/recorder.js';
import {engineSettings, installedModel} from '../../helpers/starter-model.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const {signal} = new AbortController();
const folder = await temporaryFolder();
const storage = openStorage({path: folder.join('remuda.sqlite')});
// More than any memory holds, and a model that was trained for so much.
const absurdContext = 2 ** 30;
const absurdPath = folder.join('absurd.gguf');
await writeRandomModel(absurdPath, {
	architecture: 'llama', type: 'Q8_0', blockCount: 2, embeddingLength: 128, headLength: 64, feedForwardLength: 256, vocabularySize: 512, contextLength: absurdContext, headCount: 4, headCountKv: 4, tiedEmbeddings: true,
});
const absurdModel = installedModel(absurdPath, {id: 'absurd', name: 'Absurd', contextLength: absurdContext});
const settings = {...engineSettings, contextSize: absurdContext};
const engine = createEngine({settings: () => settings});

after(async () => {
	await engine.close();
	await storage.close();
	await folder[Symbol.asyncDispose]();
});

function plansWith(contextSize: number): LoadPlans {
	return createLoadPlans({
		storage,
		hardware: {probe: async () => planMachine},
		settings: () => ({...settings, contextSize}),
		benchmarks: async () => [],
		offered: async () => [{
			...denseModel, id: 'small', weightBytes: 1000, installed: true,
		}],
	});
}

test('a context that does not fit is tried smaller, said as it happens, and not tried in vain again', async () => {
	const loadPlans = plansWith(absurdContext);
	const notices = recorder<string>();
	const loaded = await loadPlans.load(engine, absurdModel, {signal, onNotice: notices.listen});
	assert.equal(loaded.plan.contextSize, 2048);
	assert.equal(loaded.plan.kvCacheType, 'q8_0');
	assert.deepEqual(notices.values, [
		'Absurd did not fit at 1,073,741,824 tokens: tries 536,870,912 tokens.',
		'Absurd did not fit at 536,870,912 tokens: tries 268,435,456 tokens, the cache in q8_0, batches of 64.',
		'Absurd did not fit at 268,435,456 tokens: tries 2,048 tokens.',
	]);
	const again = await loadPlans.load(engine, absurdModel, {signal, onNotice: notices.listen});
	assert.equal(again.processId, loaded.processId);
	assert.equal(notices.values.length, 3);
});

test('a context that was asked for is not made smaller: the error says which would fit, and what else', async () => {
	const notices = recorder<string>();
	await assert.rejects(plansWith(4096).load(engine, {...absurdModel, sizeBytes: 5000}, {signal, explicit: {contextSize: absurdContext}, onNotice: notices.listen}), {
		code: 'out_of_memory', exitCode: 7, hint: /--context \d+ would fit/v,
	});
	assert.deepEqual(notices.values, ['Absurd did not fit at 1,073,741,824 tokens: tries the cache in q8_0, batches of 64.']);
});

test('a stored plan counts before the config, and what is given before it', async () => {
	const loadPlans = plansWith(4096);
	await loadPlans.save({
		modelId: 'absurd', plan: {...usualPlan, contextSize: 768, threads: 1}, goal: 'memory', savedAt: '2026-01-01T00:00:00.000Z',
	});
	const {plan} = await loadPlans.load(engine, absurdModel, {signal, template: {contextSize: 3072}});
	assert.equal(plan.contextSize, 768);
	const given = await loadPlans.load(engine, absurdModel, {signal, explicit: {contextSize: 512, kvCacheType: 'q4_0'}});
	assert.deepEqual([given.plan.contextSize, given.plan.kvCacheType, given.plan.threads], [512, 'q4_0', 1]);
	assert.equal(await loadPlans.reset('absurd'), true);
	const {plan: usual} = await loadPlans.load(engine, absurdModel, {signal, template: {contextSize: 3072}});
	assert.equal(usual.contextSize, 3072);
});

test('a stored plan that does not suit the machine any more is said, and adapted for this load', async () => {
	const loadPlans = plansWith(4096);
	await loadPlans.save({
		modelId: 'absurd', plan: {
			...usualPlan, contextSize: 1024, threads: 4000, gpuLayers: 3,
		}, goal: 'performance', savedAt: '2026-01-01T00:00:00.000Z',
	});
	const notices = recorder<string>();
	const {plan} = await loadPlans.load(engine, absurdModel, {signal, onNotice: notices.listen});
	assert.ok(plan.threads < 4000);
	assert.equal(plan.gpuLayers, 0);
	assert.match(notices.values.join('\n'), /does not suit this machine: 4,000 threads.*\n.*puts 3 layers on a GPU, and this machine has none/v);
	const stored = await loadPlans.get('absurd');
	assert.equal(stored?.plan.threads, 4000);
	await assert.rejects(loadPlans.load(engine, absurdModel, {signal, explicit: {threads: 4000}}), {code: 'invalid_plan', exitCode: 2});
});

test('what loads took is kept, the last ten of a model', async () => {
	const loadPlans = plansWith(4096);
	const measurements = await loadPlans.measurements('absurd');
	assert.ok(measurements.length > 0);
	assert.ok(measurements.length <= 10);
	assert.ok(measurements.every(({estimatedBytes, weightBytes}) => weightBytes > 0 && weightBytes < estimatedBytes));
	assert.ok(measurements.every(({estimatedBytes, measuredBytes}) => measuredBytes > 50e6 && measuredBytes < estimatedBytes * 2));
	assert.deepEqual(await loadPlans.measurements(), measurements);
	assert.deepEqual(await loadPlans.measurements('other'), []);
});
