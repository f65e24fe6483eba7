import assert from 'node:assert/strict';
import path from 'node:path';
import {suite, test} from 'node:test';
import {engineGpus} from '../../../source/services/hardware/engine-gpus.js';
import {evenWeights} from '../../../source/services/hardware/memory/even-weights.js';
import {fitSubjectOf} from '../../../source/services/hardware/fit-subject-of.js';
import {judgeFit} from '../../../source/services/hardware/judge-fit.js';
import {gpuMarginBytes, memoryMarginBytes} from '../../../source/services/hardware/margins.js';
import {simulateMachine} from '../../../source/services/hardware/simulate/simulate-machine.js';
import {toSpeedMachine} from '../../../source/services/hardware/speed/to-speed-machine.js';
import {loadRegistry} from '../../../source/services/registry/load-registry.js';
import {type FitVerdict} from '../../../source/types/fit.js';
import {type GpuReport, type HardwareReport} from '../../../source/types/hardware.js';

const {models, find} = await loadRegistry(path.resolve('registry.json'));
// One of each kind and size is enough.
const judged = models.filter((_, index) => index % 9 === 0);
const mixtures = models.filter(({architecture}) => (architecture?.expertCount ?? 0) > 0);

const integrated: GpuReport = {
	name: 'AMD Radeon Graphics', vendor: 'AMD', unifiedMemory: true, sharedMemoryBytes: 32e9,
};
const instances = Array.from({length: 7}, (): GpuReport => ({
	name: 'A100 MIG 1g.10gb', vendor: 'NVIDIA', unifiedMemory: false, vramTotalBytes: 10e9,
}));
const describe = (description: string, ...further: readonly GpuReport[]): HardwareReport => {
	const machine = simulateMachine(description);
	return {...machine, gpus: [...machine.gpus, ...further]};
};

const machines = [
	describe('no GPU, 8 GB'),
	describe('no GPU, 64 GB'),
	describe('RTX 4090, 64 GB'),
	describe('RTX 4090, 64 GB', integrated),
	describe('RTX 3050 8 GB, 32 GB', integrated),
	describe('RTX 4090, RX 6400, GT 1030, 64 GB'),
	describe('2x RTX 3090, 32 GB'),
	describe('no GPU, 512 GB', ...instances),
	describe('M3 Max, 36 GB'),
	describe('Ryzen AI Max+ 395, 128 GB'),
];

const isMarginKept = ({level}: FitVerdict) => ['gpu', 'split', 'memory'].includes(level);

/**
What is wrong with a verdict, in one word; undefined where nothing is.
*/
function contradictionOf(verdict: FitVerdict, machine: HardwareReport): string | undefined {
	const {level, need, gpuLayers, layerCount, contextLength, wantedContextLength, shortBytes} = verdict;
	const used = engineGpus(machine.gpus);
	const isUnified = used[0]?.unifiedMemory === true;
	const free = used.reduce((sum, {vramFreeBytes, vramTotalBytes = 0}) => sum + (vramFreeBytes ?? vramTotalBytes) - gpuMarginBytes, 0);
	const inMemory = isUnified ? need.totalBytes : need.memoryBytes;
	return [
		[need.lines.some(({bytes}) => !Number.isFinite(bytes) || bytes <= 0), 'a line without bytes'],
		[level !== 'none' && contextLength < 1, 'no context'],
		[level !== 'none' && !isUnified && gpuLayers > 0 && need.gpuBytes > free, 'more than the GPUs have'],
		[level !== 'none' && inMemory + (isMarginKept(verdict) ? memoryMarginBytes : 0) > machine.memory.availableBytes, 'more than the memory has'],
		[(level === 'none') !== (shortBytes > 0), 'short though it fits'],
		[(level === 'less-context') !== (contextLength > 0 && contextLength < wantedContextLength), 'less context'],
		[level === 'gpu' && gpuLayers < layerCount, 'not wholly on the GPU'],
		[gpuLayers > 0 && toSpeedMachine(machine).gpus.length !== used.length, 'another speed'],
		[used.some(({unifiedMemory}) => unifiedMemory) && machine.gpus.some(({unifiedMemory}) => !unifiedMemory), 'the GPU of the processor before a card'],
	].find(([isWrong]) => isWrong === true)?.[1] as string | undefined;
}

suite('verdicts of registry models on many machines do not contradict themselves', () => {
	for (const machine of machines) {
		const [name, ...others] = machine.gpus.map(gpu => gpu.name);
		test(`${machine.simulated?.description ?? ''}${others.length === 0 ? '' : `: ${name} and ${others.length} more`}`, () => {
			const wrong = judged.flatMap(model => {
				const verdict = judgeFit(fitSubjectOf(model), machine);
				const contradiction = contradictionOf(verdict, machine);
				return contradiction === undefined ? [] : [`${model.id}: ${contradiction}: ${verdict.reason}`];
			});
			assert.deepEqual(wrong, []);
		});
	}

	test('a further GPU never makes the place worse, and one in the processor or a smaller instance changes nothing', () => {
		const [plain, withIntegrated] = [machines[2]!, machines[3]!];
		assert.deepEqual(judged.map(model => judgeFit(fitSubjectOf(model), withIntegrated)), judged.map(model => judgeFit(fitSubjectOf(model), plain)));
		const oneInstance = describe('no GPU, 512 GB', instances[0]!);
		assert.deepEqual(judged.map(model => judgeFit(fitSubjectOf(model), machines[7]!)), judged.map(model => judgeFit(fitSubjectOf(model), oneInstance)));
	});
});

suite('mixtures of experts of the registry', () => {
	for (const model of mixtures) {
		test(`${model.id}: its experts are most of its weights`, () => {
			const subject = fitSubjectOf(model);
			const {layers, outputBytes} = evenWeights(subject);
			const expertBytes = layers.reduce((sum, layer) => sum + layer.expertBytes, 0);
			const sum = layers.reduce((bytes, layer) => bytes + layer.bytes + layer.expertBytes, outputBytes);
			assert.equal(sum, subject.weightBytes);
			assert.ok(expertBytes > sum * 0.88);
			assert.ok(expertBytes < sum * 0.99);
		});
	}

	test('with experts in memory a large one has the rest on a card', () => {
		const {level, expertLayersInMemory, advice} = judgeFit(fitSubjectOf(find('gpt-oss-120b-mxfp4')!), describe('RTX 4090, 128 GB'));
		assert.equal(level, 'split');
		assert.ok(expertLayersInMemory! > 20);
		assert.ok(expertLayersInMemory! < 36);
		assert.match(advice.join(' '), /as far as its architecture tells/v);
	});
});
