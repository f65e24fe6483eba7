import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {estimateMemory} from '../../../source/services/hardware/estimate-memory.js';
import {fitSubjectOf} from '../../../source/services/hardware/fit-subject-of.js';
import {judgeFit} from '../../../source/services/hardware/judge-fit.js';
import {memoryMarginBytes} from '../../../source/services/hardware/margins.js';
import {recommendModels, selectModel} from '../../../source/services/hardware/select-model.js';
import {loadRegistry} from '../../../source/services/registry/load-registry.js';
import {type HardwareReport} from '../../../source/types/hardware.js';
import {type RegistryModel} from '../../../source/types/registry-model.js';
import {type Fit} from '../../../source/types/speed.js';

const {models} = await loadRegistry(path.resolve('registry.json'));
const chosenId = (list: readonly RegistryModel[], availableBytes: number) => {
	const selection = selectModel(list, availableBytes);
	return selection.kind === 'selected' ? selection.model.id : selection.kind;
};

for (const [gigabytes, id] of [
	[0, 'insufficient'],
	[5.99, 'insufficient'],
	[6, 'qwen2.5-coder-3b-q4'],
	[9.99, 'qwen2.5-coder-3b-q4'],
	[10, 'qwen2.5-coder-7b-q5'],
	[15.99, 'qwen2.5-coder-7b-q5'],
	[16, 'qwen2.5-coder-14b-q5'],
	[23.99, 'qwen2.5-coder-14b-q5'],
	[24, 'qwen2.5-coder-14b-q8'],
	[512, 'qwen2.5-coder-14b-q8'],
] as const) {
	test(`with ${gigabytes} GB available the choice is ${id}`, () => {
		assert.equal(chosenId(models, gigabytes * 1e9), id);
	});
}

const enlarge = (id: string, fileSize: number) => models.map(model => model.id === id ? {...model, fileSize} : model);

test('a choice that would leave less than the margin gives way to the next smaller, and the reason says so', () => {
	const selection = selectModel(enlarge('qwen2.5-coder-14b-q8', 23e9), 24e9);
	assert.strictEqual(selection.kind, 'selected');
	assert.equal(selection.model.id, 'qwen2.5-coder-14b-q5');
	assert.equal(selection.reason, [
		'24.0 GB of memory are available: Qwen2.5 Coder 14B Instruct (Q5_K_M),',
		'because Qwen2.5 Coder 14B Instruct (Q8_0) would leave less than 2.00 GB free; it needs 11.7 GB.',
	].join(' '));
});

test('the margin is kept to the byte', () => {
	const other = enlarge('qwen2.5-coder-14b-q8', 23e9);
	const [needBytes = NaN] = other.filter(({id}) => id === 'qwen2.5-coder-14b-q8').map(model => estimateMemory(fitSubjectOf(model)).totalBytes);
	assert.equal(chosenId(other, needBytes + memoryMarginBytes), 'qwen2.5-coder-14b-q8');
	assert.equal(chosenId(other, needBytes + memoryMarginBytes - 1), 'qwen2.5-coder-14b-q5');
});

test('where not even the smallest fits, that is insufficient, and the figures say how much would do', () => {
	const selection = selectModel(enlarge('qwen2.5-coder-3b-q4', 7e9), 6e9);
	assert.strictEqual(selection.kind, 'insufficient');
	assert.ok(selection.requiredBytes > 9e9);
	assert.match(selection.reason, /^Insufficient RAM: 6\.00 GB are available/v);
});

test('too little memory is said clearly', () => {
	const selection = selectModel(models, 4e9);
	assert.deepEqual(selection, {
		kind: 'insufficient',
		availableBytes: 4e9,
		requiredBytes: 6e9,
		reason: 'Insufficient RAM: 4.00 GB are available, and a model is chosen from 6.00 GB on. Close other programs, or choose a smaller model by hand.',
	});
});

test('a model that is not in the registry is passed over', () => {
	assert.equal(chosenId(models.filter(({id}) => id !== 'qwen2.5-coder-14b-q8'), 64e9), 'qwen2.5-coder-14b-q5');
	assert.equal(chosenId([], 64e9), 'insufficient');
});

const machine = (availableBytes: number) => ({
	memory: {
		totalBytes: availableBytes, availableBytes, swapTotalBytes: 0, swapFreeBytes: 0,
	}, gpus: [],
});

const judgeOn = (hardware: Pick<HardwareReport, 'gpus' | 'memory'>) => (model: RegistryModel) => judgeFit(fitSubjectOf(model), hardware);

test('recommended models come first, the largest first, and all of them fit with the margin', () => {
	const recommendations = recommendModels(models, judgeOn(machine(16e9)));
	assert.ok(recommendations.length > 20);
	assert.deepEqual(new Set(recommendations.map(({verdict}) => verdict.level)), new Set(['memory']));
	const split = recommendations.findIndex(({model}) => !model.recommended);
	assert.ok(split > 3);
	assert.ok(recommendations.slice(split).every(({model}) => !model.recommended));
	const needs = recommendations.map(({verdict}) => verdict.need.totalBytes);
	assert.deepEqual(needs, [needs.slice(0, split), needs.slice(split)].flatMap(part => part.toSorted((a, b) => b - a)));
	assert.equal(recommendations[0]?.model.id, 'gpt-oss-20b-mxfp4');
});

test('a recommended model that would be too slow to wait for does not come first', () => {
	const speedOf = (expected: number) => ({expected, low: expected, high: expected});
	const judge = (model: RegistryModel): Fit => ({
		...judgeOn(machine(16e9))(model),
		speed: {
			generationTokensPerSecond: speedOf(model.id === 'gpt-oss-20b-mxfp4' ? 2 : 20), promptTokensPerSecond: speedOf(100), timeToFirstTokenMs: speedOf(1), explanation: [],
		},
	});
	const recommendations = recommendModels(models, judge);
	const slow = recommendations.findIndex(({model}) => model.id === 'gpt-oss-20b-mxfp4');
	assert.ok(slow > recommendations.filter(({model}) => model.recommended).length - 2);
});

test('deprecated models and those that do not fit are not recommended', () => {
	const deprecated = models.map(model => ({...model, deprecated: true}));
	const [onSmall, onLarge] = [judgeOn(machine(1e9)), judgeOn(machine(64e9))];
	assert.deepEqual([recommendModels(models, onSmall), recommendModels(deprecated, onLarge)], [[], []]);
});

test('a GPU makes room for what memory has none for', () => {
	const withGpu = {
		...machine(8e9), gpus: [{
			name: 'H200', vendor: 'NVIDIA', vramFreeBytes: 140e9, unifiedMemory: false,
		}],
	};
	assert.equal(recommendModels(models, judgeOn(withGpu))[0]?.model.id, 'gpt-oss-120b-mxfp4');
});
