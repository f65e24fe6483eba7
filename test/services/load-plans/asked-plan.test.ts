// What a session is asked to load, and what is said around it, without an engine.
import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {MemoryError} from '../../../source/errors/memory-error.js';
import {RemudaError} from '../../../source/errors/remuda-error.js';
import {createLoadPlans} from '../../../source/services/load-plans/create-load-plans.js';
import {type OfferedModel} from '../../../source/services/load-plans/smaller-model.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {type Storage} from '../../../source/services/storage/storage.js';
import {type LoadedModel} from '../../../source/types/engine.js';
import {type InstalledModel} from '../../../source/types/installed-model.js';
import {type LoadPlan} from '../../../source/types/load-plan.js';
import {planMachine} from '../../helpers/load-plans.js';
import {denseModel, mixtureModel} from '../../helpers/plans.js';
import {recorder} from '../../helpers/recorder.js';
import {engineSettings, installedModel, starterModelPath} from '../../helpers/starter-model.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const {signal} = new AbortController();
const folder = await temporaryFolder();
const storage = openStorage({path: folder.join('remuda.sqlite')});

after(async () => {
	await storage.close();
	await folder[Symbol.asyncDispose]();
});

/**
A session that keeps what it is asked for; with `error` it refuses.
*/
function sessionWith(error?: Error) {
	const asked: LoadPlan[] = [];
	return {
		asked,
		loaded: () => undefined,
		async load(model: InstalledModel, {plan}: {readonly plan?: Partial<LoadPlan>}): Promise<LoadedModel> {
			asked.push(plan as LoadPlan);
			if (error !== undefined) {
				throw error;
			}

			const memory = {
				machine: 'Example CPU 9000', estimatedBytes: 2e8, weightBytes: 1e8, measuredBytes: 2e8,
			};
			return {
				modelId: model.id, plan: plan as LoadPlan, notes: [], trainedContextLength: 4096, device: 'CPU', loadMs: 1, processId: 1, memory,
			};
		},
	};
}

function plansWith({offered = [], records = storage, contextSize = 4096, gpu = 'off'}: {readonly offered?: readonly OfferedModel[]; readonly records?: Pick<Storage, 'records'>; readonly contextSize?: number; readonly gpu?: 'auto' | 'off'} = {}) {
	return createLoadPlans({
		storage: records, hardware: {probe: async () => planMachine}, settings: () => ({...engineSettings, contextSize, gpu}), offered: async () => offered, benchmarks: async () => [],
	});
}

const small = (name: string, changes: Partial<InstalledModel> = {}) => installedModel(starterModelPath, {
	id: name, name, architecture: denseModel.architecture!, contextLength: 131_072, ...changes,
});

test('where nobody says otherwise a model is loaded as its kind is used', async () => {
	const contextOf = async (name: string, options: Parameters<typeof plansWith>[0] = {}, template: Partial<LoadPlan> = {}) => {
		const session = sessionWith();
		await plansWith(options).load(session, small(name), {signal, template});
		return [session.asked[0]?.contextSize, session.asked[0]?.batchSize];
	};

	assert.deepEqual(await contextOf('Chat'), [4096, 512]);
	assert.deepEqual(await contextOf('Coder'), [16_384, 512]);
	assert.deepEqual(await contextOf('bge-m3'), [512, 512]);
	assert.deepEqual(await contextOf('Coder', {contextSize: 2048}), [2048, 512]);
	assert.deepEqual(await contextOf('bge-m3', {}, {contextSize: 1024}), [1024, 512]);
});

test('a larger context than the config’s is taken only where it has room in the same place', async () => {
	const session = sessionWith();
	// With 128 layers and as many heads for keys as for queries 16,384 tokens take 34 GB, of 24 that are available.
	const heavy = {
		...denseModel.architecture!, blockCount: 128, headCountKv: 32,
	};
	await plansWith({gpu: 'auto'}).load(session, small('Coder', {architecture: heavy}), {signal});
	await plansWith({gpu: 'auto'}).load(session, small('Coder', {architecture: {...heavy, blockCount: 1024}}), {signal});
	assert.deepEqual(session.asked.map(({contextSize}) => contextSize), [8192, 4096]);
});

test('a model that is loaded stays so though that could not be written down, which is said', async () => {
	const broken: Pick<Storage, 'records'> = {
		records: (...parameters) => ({
			...storage.records(...parameters),
			async update() {
				throw new RemudaError('The disk is full.', {code: 'disk_full'});
			},
		}),
	};
	const notices = recorder<string>();
	const session = sessionWith();
	const loaded = await plansWith({records: broken}).load(session, small('Chat'), {signal, onNotice: notices.listen});
	assert.equal(loaded.modelId, 'Chat');
	assert.match(notices.values.join('\n'), /could not be kept: The disk is full/v);
});

test('where a model does not fit, one of its family is offered, and none for other work', async () => {
	const offer = (id: string, gigabytes: number, changes: Partial<OfferedModel> = {}): OfferedModel => ({
		...denseModel, id, name: id, weightBytes: gigabytes * 1e9, installed: false, ...changes,
	});
	const offered = [offer('larger', 7), offer('sibling', 3, {family: 'tinychat'}), offer('bge-m3', 2, {installed: true, family: 'tinychat'})];
	const session = sessionWith(new MemoryError('It does not fit.', {code: 'out_of_memory'}));
	const model = {
		...small('Chat', {family: 'tinychat'}), files: [{
			path: starterModelPath, sizeBytes: mixtureModel.weightBytes, checksum: 'sha256:0', role: 'model' as const,
		}],
	};
	await assert.rejects(plansWith({offered}).load(session, model, {signal}), {code: 'out_of_memory', hint: /^sibling would fit/v});
	assert.ok(session.asked.length > 1);
});
