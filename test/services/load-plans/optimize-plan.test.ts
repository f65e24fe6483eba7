import assert from 'node:assert/strict';
import {test} from 'node:test';
import {llamaServerCommand} from '../../../source/services/load-plans/llama-server-command.js';
import {modelKindOf} from '../../../source/services/load-plans/model-kind.js';
import {optimizePlan} from '../../../source/services/load-plans/optimize-plan.js';
import {type PlanModel} from '../../../source/services/load-plans/plan-model.js';
import {type HardwareReport} from '../../../source/types/hardware.js';
import {type ModelKind, type PlanGoal} from '../../../source/types/load-plan.js';
import {planMachine} from '../../helpers/load-plans.js';
import {card, denseModel, mixtureModel} from '../../helpers/plans.js';

const goals: readonly PlanGoal[] = ['performance', 'memory', 'quality'];
const withCard = (gigabytes: number): HardwareReport => ({...planMachine, gpus: [card(gigabytes)]});
const withMemory = (gigabytes: number): HardwareReport => ({...planMachine, memory: {...planMachine.memory, totalBytes: gigabytes * 1e9, availableBytes: gigabytes * 1e9}});

const machines: ReadonlyArray<readonly [string, HardwareReport]> = [
	['CPU', planMachine],
	['8 GB of memory', withMemory(8)],
	['4 GB of memory', withMemory(4)],
	['a card of 24 GB', withCard(24)],
	['a card of 8 GB', withCard(8)],
	['a card of 2 GB', withCard(2)],
];

for (const [name, machine] of machines) {
	for (const goal of goals) {
		for (const model of [denseModel, mixtureModel]) {
			test(`${model.id} for ${goal} with ${name}: no errors, a reason for each value, and a speed where it runs`, () => {
				const {plan, verdict, findings, reasons} = optimizePlan({model, machine, goal});
				assert.deepEqual(findings.filter(({severity}) => severity === 'error'), []);
				assert.ok(plan.threads >= 1);
				assert.ok(plan.threads < 16);
				assert.ok(plan.contextSize <= model.contextLength!);
				assert.ok(Number(plan.gpuLayers) <= verdict.layerCount);
				assert.ok(Object.values(reasons).every(reason => reason.endsWith('.')));
				assert.equal(verdict.speed === undefined, verdict.level === 'none');
			});
		}
	}
}

const roomy = machines.filter(([, {memory}]) => memory.availableBytes > 8e9);
for (const [name, machine] of roomy) {
	test(`with ${name} memory takes the least, quality the most context, and performance is not slower than either`, () => {
		const [performance, memory, quality] = goals.map(goal => optimizePlan({model: denseModel, machine, goal}));
		assert.ok(memory!.verdict.need.totalBytes < performance!.verdict.need.totalBytes);
		assert.ok(memory!.plan.batchSize < performance!.plan.batchSize);
		assert.notEqual(memory!.plan.kvCacheType, 'f16');
		assert.equal(quality!.plan.kvCacheType, 'f16');
		assert.ok(quality!.plan.contextSize >= performance!.plan.contextSize);
		assert.ok(performance!.verdict.speed!.generationTokensPerSecond.expected >= quality!.verdict.speed!.generationTokensPerSecond.expected * 0.95);
	});
}

test('all of a model goes on a GPU that holds it, and the largest context is the largest that stays there', () => {
	const {plan, verdict} = optimizePlan({model: denseModel, machine: withCard(12), goal: 'quality'});
	assert.equal(verdict.level, 'gpu');
	assert.equal(plan.gpuLayers, 33);
	assert.ok(plan.contextSize > 8192);
	assert.ok(plan.contextSize < 131_072);
	assert.equal(optimizePlan({
		model: denseModel, machine: withCard(12), goal: 'quality', constraints: {contextSize: plan.contextSize + 1024},
	}).verdict.level, 'split');
});

test('a model larger than the VRAM is split, with a warning that says how', () => {
	const {plan, warnings} = optimizePlan({model: denseModel, machine: withCard(4), goal: 'performance'});
	assert.notStrictEqual(plan.gpuLayers, 'auto');
	assert.ok(Number(plan.gpuLayers) > 0);
	assert.ok(Number(plan.gpuLayers) < 33);
	assert.match(warnings.join(' '), /larger than the VRAM: \d+ of 33 layers run on the GPU/v);
});

test('a model larger than the memory is read from the disk, with a warning that says what it costs', () => {
	const {verdict, warnings, recommendations} = optimizePlan({model: denseModel, machine: withMemory(4), goal: 'performance'});
	assert.equal(verdict.level, 'none');
	assert.match(warnings.join(' '), /4\.\d\d GB are read from the disk for every token: about one token in \d+ seconds/v);
	assert.match(recommendations.join(' '), /Choose|would fit|quantization/v);
});

test('experts are kept in main memory where everything else then fits on the GPU, by the command of llama-server', () => {
	const {plan, expertsInMemory, recommendations, findings} = optimizePlan({model: mixtureModel, machine: withCard(8), goal: 'performance'});
	// Remuda's engine cannot do it, so it is a plan of its own.
	assert.equal(plan.expertLayersInMemory, 0);
	assert.deepEqual(findings, []);
	assert.ok(expertsInMemory!.expertLayersInMemory > 0);
	assert.match(recommendations.join(' '), /fewer whole layers/v);
	const command = llamaServerCommand('/models/it\'s here.gguf', expertsInMemory!);
	assert.match(command, new RegExp(`--n-gpu-layers 999 --n-cpu-moe ${expertsInMemory!.expertLayersInMemory} `, 'v'));
	assert.ok(command.includes(String.raw`--model '/models/it'\''s here.gguf'`));
});

for (const gpuLayers of [0, 10]) {
	test(`no experts are moved where ${gpuLayers} layers on the GPU are asked for`, () => {
		const {expertsInMemory, recommendations} = optimizePlan({
			model: mixtureModel, machine: withCard(8), goal: 'performance', constraints: {gpuLayers},
		});
		assert.equal(expertsInMemory, undefined);
		assert.doesNotMatch(recommendations.join(' '), /experts/v);
	});
}

test('what is given is kept', () => {
	const constraints = {contextSize: 3000, kvCacheType: 'q4_0', threads: 2} as const;
	const {plan, reasons} = optimizePlan({
		model: denseModel, machine: planMachine, goal: 'quality', constraints,
	});
	assert.deepEqual({contextSize: plan.contextSize, kvCacheType: plan.kvCacheType, threads: plan.threads}, constraints);
	assert.equal(reasons.contextSize, 'As given.');
});

test('threads: one a physical core, and never all', () => {
	const threads = (physicalCores: number, logicalCores: number, usableCores = logicalCores) => optimizePlan({
		model: denseModel,
		machine: {
			...planMachine,
			cpu: {
				...planMachine.cpu, physicalCores, logicalCores, usableCores,
			},
		},
		goal: 'performance',
	}).plan.threads;
	assert.deepEqual([threads(8, 16), threads(8, 8), threads(1, 2), threads(1, 1), threads(32, 64, 4)], [8, 7, 1, 1, 3]);
});

test('recommends a larger quantization where there is room, and a smaller one where there is none', () => {
	assert.match(optimizePlan({model: denseModel, machine: planMachine, goal: 'performance'}).recommendations.join(' '), /Q8_0 of the same model, about 8\.\d+ GB, would fit in the same place/v);
	assert.match(optimizePlan({model: denseModel, machine: withCard(5), goal: 'performance'}).recommendations.join(' '), /Q\d_K\w* of the same model, about \d\.\d+ GB, would lie in a faster place/v);
});

const kinds: ReadonlyArray<readonly [ModelKind, Partial<PlanModel>]> = [
	['chat', {name: 'Llama 3.1 8B Instruct'}],
	['chat', {name: 'Barcode reader'}],
	['code', {name: 'Qwen2.5 Coder 7B Instruct'}],
	['code', {id: 'deepseek-coder-v2-lite-q4'}],
	['code', {name: 'Codestral 22B'}],
	['reasoning', {name: 'DeepSeek-R1-Distill-Qwen-7B'}],
	['reasoning', {name: 'QwQ 32B'}],
	['vision', {name: 'Qwen3-VL-8B-Instruct'}],
	['vision', {name: 'gemma-3-4b-it', readsImages: true}],
	['embedding', {name: 'nomic-embed-text-v1.5'}],
	['embedding', {name: 'Qwen3-Embedding-0.6B'}],
	['embedding', {name: 'bge-m3'}],
	['embedding', {name: 'something', architecture: {...denseModel.architecture!, name: 'nomic-bert'}}],
];

for (const [kind, changes] of kinds) {
	test(`${changes.architecture?.name ?? changes.name ?? changes.id} is a model for ${kind}`, () => {
		assert.equal(modelKindOf({
			...denseModel, id: 'model', name: 'model', ...changes,
		}), kind);
	});
}

test('each kind begins with a context that suits it; an embedding model reads its input in one batch', () => {
	const contextFor = (name: string) => optimizePlan({model: {...denseModel, name}, machine: planMachine, goal: 'performance'}).plan;
	assert.deepEqual(['Chat', 'Coder', 'QwQ', 'LLaVA'].map(name => contextFor(name).contextSize), [8192, 16_384, 32_768, 8192]);
	const embedding = contextFor('bge-m3');
	assert.deepEqual([embedding.contextSize, embedding.batchSize], [512, 512]);
});
