import assert from 'node:assert/strict';
import {test} from 'node:test';
import {estimateMemory} from '../../../source/services/hardware/estimate-memory.js';
import {judgeFit} from '../../../source/services/hardware/judge-fit.js';
import {gpuMarginBytes, memoryMarginBytes} from '../../../source/services/hardware/margins.js';
import {type FitSubject, type MemoryMeasurement} from '../../../source/types/fit.js';
import {type GpuReport, type MemoryReport} from '../../../source/types/hardware.js';

const subject: FitSubject = {
	weightBytes: 4_920_000_000,
	contextLength: 8192,
	architecture: {
		name: 'llama', blockCount: 32, embeddingLength: 4096, headCount: 32, headCountKv: 8, keyLength: 128, valueLength: 128, feedForwardLength: 14_336, vocabularySize: 128_256,
	},
	weights: {
		tokenEmbeddingBytes: 300_000_000, layers: Array.from({length: 32}, () => ({bytes: 131_000_000, expertBytes: 0})), outputBytes: 428_000_000, tiedOutput: false, matrixBytes: {Q8_0: 4_620_000_000},
	},
};
const inMemory = estimateMemory(subject).totalBytes;
const onGpu = estimateMemory(subject, {gpuLayers: 33});

const machine = (availableBytes: number, ...gpus: readonly GpuReport[]): {memory: MemoryReport; gpus: readonly GpuReport[]} => ({
	memory: {
		totalBytes: 64e9, availableBytes, swapTotalBytes: 0, swapFreeBytes: 0,
	},
	gpus,
});
const gpu = (changes: Partial<GpuReport>): GpuReport => ({
	name: 'RTX', vendor: 'NVIDIA', unifiedMemory: false, ...changes,
});

test('the margins are 2 GB of memory and 1 GiB of a GPU', () => {
	assert.deepEqual([memoryMarginBytes, gpuMarginBytes], [2_000_000_000, 1_073_741_824]);
});

for (const [what, availableBytes, level, shortBytes] of [
	['the need and the margin exactly', inMemory + memoryMarginBytes, 'memory', 0],
	['a byte less', inMemory + memoryMarginBytes - 1, 'tight', 0],
	['the need exactly', inMemory, 'tight', 0],
	['a byte less than the need', inMemory - 1, 'less-context', 0],
	['the weights only', subject.weightBytes, 'none', inMemory - subject.weightBytes],
	['nothing', 0, 'none', inMemory],
] as const) {
	test(`a model on a machine with ${what} available is “${level}”`, () => {
		const verdict = judgeFit(subject, machine(availableBytes));
		assert.equal(verdict.level, level);
		assert.equal(verdict.shortBytes, shortBytes);
		assert.equal(verdict.availableBytes, availableBytes);
		assert.equal(verdict.marginBytes, memoryMarginBytes);
		assert.match(verdict.reason, /^[A-Z].*\.$/v);
	});
}

for (const [what, gpus, level] of [
	['the need and the margin free', [gpu({vramTotalBytes: 24e9, vramFreeBytes: onGpu.gpuBytes + gpuMarginBytes})], 'gpu'],
	['a byte less free', [gpu({vramTotalBytes: 24e9, vramFreeBytes: onGpu.gpuBytes + gpuMarginBytes - 1})], 'split'],
	['enough in all but not free', [gpu({vramTotalBytes: 24e9, vramFreeBytes: 1e9})], 'memory'],
	['enough in all, free not known', [gpu({vramTotalBytes: 24e9})], 'gpu'],
	['nothing known', [gpu({})], 'memory'],
	['enough only together', [gpu({vramFreeBytes: 6e9}), gpu({vramFreeBytes: 6e9})], 'gpu'],
	['enough only together, of two makers', [gpu({vramFreeBytes: 6e9}), gpu({vendor: 'AMD', vramFreeBytes: 6e9})], 'split'],
	['enough on the second', [gpu({vramFreeBytes: 4e9}), gpu({vramFreeBytes: 40e9})], 'gpu'],
	['the memory of the CPU', [gpu({unifiedMemory: true})], 'gpu'],
	['some of the memory of the CPU', [gpu({unifiedMemory: true, sharedMemoryBytes: 4e9})], 'split'],
] as const) {
	test(`a model beside a GPU with ${what} is “${level}”`, () => {
		assert.equal(judgeFit(subject, machine(32e9, ...gpus)).level, level);
	});
}

test('a GPU that shares the memory of the CPU has no more of it', () => {
	const apple = gpu({unifiedMemory: true, vramFreeBytes: 64e9});
	assert.equal(judgeFit(subject, machine(onGpu.totalBytes + memoryMarginBytes, apple)).level, 'gpu');
	assert.equal(judgeFit(subject, machine(onGpu.totalBytes, apple)).level, 'tight');
});

test('a split is the most layers that leave the GPU its margin', () => {
	const {level, gpuLayers, layerCount, need} = judgeFit(subject, machine(32e9, gpu({vramFreeBytes: 5e9})));
	assert.equal(level, 'split');
	assert.equal(layerCount, 33);
	assert.ok(need.gpuBytes + gpuMarginBytes <= 5e9);
	assert.ok(estimateMemory(subject, {gpuLayers: gpuLayers + 1}).gpuBytes + gpuMarginBytes > 5e9);
});

test('a plan that says how many layers is judged as it is', () => {
	const card = gpu({vramFreeBytes: 6.5e9});
	assert.equal(judgeFit(subject, machine(32e9, card), {plan: {gpuLayers: 0}}).level, 'memory');
	assert.equal(judgeFit(subject, machine(32e9, card), {plan: {gpuLayers: 5}}).gpuLayers, 5);
	const all = judgeFit(subject, machine(32e9, card), {plan: {gpuLayers: 33}});
	assert.equal(all.level, 'less-context');
	assert.ok(all.contextLength < 8192);
});

test('more layers than a GPU holds are said to be short there, and how many would fit', () => {
	const {reason, advice, shortBytes} = judgeFit(subject, machine(32e9, gpu({vramFreeBytes: 4e9})), {plan: {gpuLayers: 999}});
	assert.match(reason, /^Does not fit on the GPU RTX with 33 of 33 layers: [\d.]+ GB needed, 4\.00 GB free, [\d.]+ GB short with what is kept free there\.$/v);
	assert.equal(shortBytes, estimateMemory({...subject, contextLength: 8192}, {gpuLayers: 33}).gpuBytes + gpuMarginBytes - 4e9);
	const {gpuLayers} = judgeFit(subject, machine(32e9, gpu({vramFreeBytes: 4e9})));
	assert.deepEqual(advice, [`With ${gpuLayers} layers on the GPU it fits at 8,192 tokens.`]);
});

test('of a GPU that shares the memory nothing is missing twice', () => {
	const {level, shortBytes, need} = judgeFit({...subject, contextLength: 256}, machine(2e9, gpu({unifiedMemory: true})), {plan: {gpuLayers: 33}});
	assert.deepEqual([level, shortBytes], ['none', need.totalBytes - 2e9]);
});

test('a model on a GPU that leaves main memory without its margin is said to be there', () => {
	const {level, reason} = judgeFit(subject, machine(onGpu.memoryBytes + 1e9, gpu({vramFreeBytes: 24e9})));
	assert.equal(level, 'tight');
	assert.match(reason, /^Fits on the GPU RTX \(33 of 33 layers, /v);
});

test('the GPU of the processor does not win over a card', () => {
	const card = gpu({name: 'RTX 3050', vramFreeBytes: 7e9});
	const integrated = gpu({
		name: 'Iris Xe', vendor: 'Intel', unifiedMemory: true, sharedMemoryBytes: 16e9,
	});
	assert.deepEqual(judgeFit(subject, machine(32e9, integrated, card)), judgeFit(subject, machine(32e9, card)));
});

for (const [what, wrong] of [['no size', {weightBytes: NaN}], ['no context', {contextLength: 0}]] as const) {
	test(`a model of ${what} is not judged`, () => {
		assert.throws(() => judgeFit({...subject, ...wrong}, machine(64e9)), RangeError);
	});
}

test('weights count as copied where the processor’s instructions are not known', () => {
	const copied = {...subject, weights: {...subject.weights!, matrixBytes: {Q4_K: 4_620_000_000}}};
	const heldWith = (instructionSets: readonly string[]) => judgeFit(copied, {
		...machine(64e9), cpu: {
			model: 'CPU', physicalCores: 4, logicalCores: 8, instructionSets,
		},
	}).need.heldBytes;
	assert.equal(heldWith([]), heldWith(['avx2']));
	assert.ok(heldWith([]) > heldWith(['neon']) + 4e9);
});

test('less context is the largest in steps of 256 that keeps the margin', () => {
	const availableBytes = inMemory - 300_000_000;
	const {level, contextLength, wantedContextLength, need} = judgeFit(subject, machine(availableBytes + memoryMarginBytes), {plan: {gpuLayers: 0}});
	assert.equal(level, 'tight');
	const less = judgeFit(subject, machine(availableBytes), {plan: {gpuLayers: 0}});
	assert.deepEqual([less.level, less.wantedContextLength, less.contextLength % 256], ['less-context', 8192, 0]);
	assert.ok(less.need.totalBytes <= availableBytes);
	assert.ok(estimateMemory({...subject, contextLength: less.contextLength + 256}).totalBytes > availableBytes);
	assert.deepEqual([contextLength, wantedContextLength, need.totalBytes], [8192, 8192, inMemory]);
});

const mixture: FitSubject = {
	...subject,
	weightBytes: 300_000_000 + 428_000_000 + (32 * 1_000_000_000),
	weights: {...subject.weights!, layers: Array.from({length: 32}, () => ({bytes: 60_000_000, expertBytes: 940_000_000}))},
};

test('of a mixture of experts it is said with how many layers’ experts in memory the rest fits on the GPU', () => {
	const {level, expertLayersInMemory, advice} = judgeFit(mixture, machine(64e9, gpu({vramFreeBytes: 16e9})));
	assert.equal(level, 'split');
	const bytesWith = (layers: number) => estimateMemory(mixture, {gpuLayers: 33, expertLayersInMemory: layers}).gpuBytes + gpuMarginBytes;
	assert.ok(bytesWith(expertLayersInMemory!) <= 16e9);
	assert.ok(bytesWith(expertLayersInMemory! - 1) > 16e9);
	assert.match(advice.join(' '), new RegExp(`--n-cpu-moe ${expertLayersInMemory} `, 'v'));
	assert.equal(judgeFit(mixture, machine(64e9)).expertLayersInMemory, undefined);
	const largeCard = gpu({vramFreeBytes: 64e9});
	assert.equal(judgeFit(mixture, machine(64e9, largeCard)).expertLayersInMemory, undefined);
});

test('a mapped model larger than memory can be streamed, at a cost in words, but is never said to fit', () => {
	const verdict = judgeFit(subject, {
		...machine(4e9), cpu: {
			model: 'CPU', physicalCores: 4, logicalCores: 8, instructionSets: ['avx2'],
		},
	});
	assert.equal(verdict.level, 'none');
	assert.match(verdict.streamable?.cost ?? '', /are read from the disk for every token: about one token in \d+ seconds/v);
	assert.equal(judgeFit(subject, machine(4e9), {plan: {memoryMap: false}}).streamable, undefined);
});

test('weights that the processor copies out of the file cannot be streamed', () => {
	const copied = {...subject, weights: {...subject.weights!, matrixBytes: {Q4_K: 4_620_000_000}}};
	assert.equal(judgeFit(copied, machine(4e9)).streamable, undefined);
});

test('what would help is said: a smaller cache, a smaller quantization, a smaller model', () => {
	const cacheSaves = judgeFit(subject, machine(inMemory - 1 + memoryMarginBytes));
	assert.equal(cacheSaves.advice[0], 'With the KV cache in q8_0 it fits at 8,192 tokens.');
	assert.match(cacheSaves.advice[1] ?? '', /^A quantization of at most 4\.\d\d GB would fit\.$/v);
	assert.match(judgeFit(subject, machine(1e9)).advice.join(' '), /Choose a model with fewer parameters/v);
	assert.deepEqual(judgeFit(subject, machine(64e9)).advice, []);
});

const load = (measuredBytes: number, vram: {readonly estimatedVramBytes?: number; readonly measuredVramBytes?: number} = {}): MemoryMeasurement => ({
	modelId: 'm',
	machine: 'here',
	plan: {
		contextSize: 8192, gpuLayers: 0, batchSize: 512, threads: 1, kvCacheType: 'f16', flashAttention: 'auto', memoryMap: true, memoryLock: false, expertLayersInMemory: 0,
	},
	weightBytes: 1e9,
	estimatedBytes: 2e9,
	measuredBytes,
	...vram,
	measuredAt: '2026-01-01T00:00:00.000Z',
});

test('what earlier loads took above their estimate is a line of its own, within bounds; a load never lowers what is needed', () => {
	const withLoads = (...measured: readonly number[]) => judgeFit(subject, machine(64e9), {measurements: measured.map(bytes => load(bytes))}).need;
	const moved = withLoads(2.1e9, 2.2e9, 9e9);
	assert.equal(moved.totalBytes, inMemory + 0.2e9);
	assert.equal(moved.correction?.uncorrectedBytes, inMemory);
	assert.equal(moved.correction.loads, 3);
	assert.deepEqual(moved.lines.slice(0, -1), withLoads().lines);
	assert.equal(withLoads(50e9).correction?.factor, 1.5);
	assert.deepEqual(withLoads(1.1e9), withLoads());
	assert.equal(withLoads().correction, undefined);
});

test('loads with a GPU and loads without do not correct each other', () => {
	const card = gpu({vramFreeBytes: 24e9});
	const onCard = load(2.3e9, {estimatedVramBytes: 5e9, measuredVramBytes: 5.4e9});
	const withLoad = (measurement: MemoryMeasurement, gpuLayers: number) => judgeFit(subject, machine(64e9, card), {plan: {gpuLayers}, measurements: [measurement]}).need.correction;
	assert.deepEqual([withLoad(onCard, 0), withLoad(load(2.3e9), 33)], [undefined, undefined]);
	const {need} = judgeFit(subject, machine(64e9, card), {measurements: [onCard]});
	assert.equal(need.gpuBytes, onGpu.gpuBytes + 0.4e9);
	assert.ok(need.memoryBytes > onGpu.memoryBytes);
});

test('whatever fits leaves the margins it says, on any machine', () => {
	const broken = Array.from({length: 400}, (_, index) => ({availableBytes: 3e9 + (0.9e9 * (index % 20)), vramFreeBytes: 1.1e9 * Math.floor(index / 20)})).filter(({availableBytes, vramFreeBytes}) => {
		const {level, need, gpuLayers} = judgeFit(subject, machine(availableBytes, gpu({vramFreeBytes})));
		const kept = ['gpu', 'split', 'memory'].includes(level) ? memoryMarginBytes : 0;
		return (level !== 'none' && need.memoryBytes + kept > availableBytes) || (gpuLayers > 0 && need.gpuBytes + gpuMarginBytes > vramFreeBytes);
	});
	assert.deepEqual(broken, []);
});

test('the reason is one sentence with the figures', () => {
	const card = gpu({name: 'RTX 4090', vramFreeBytes: 24e9});
	assert.equal(judgeFit(subject, machine(32e9, card)).reason, 'Fits wholly on the GPU RTX 4090: 5.97 GB needed, 24.0 GB free.');
	assert.equal(judgeFit(subject, machine(32e9)).reason, 'Fits in memory: 6.36 GB needed, 32.0 GB available.');
	assert.equal(judgeFit(subject, machine(7e9)).reason, 'Fits only by using the 2.00 GB kept free for other programs: 6.36 GB needed, 7.00 GB available.');
	assert.equal(judgeFit(subject, machine(4e9)).reason, 'Does not fit: 6.36 GB needed, 4.00 GB available, 2.36 GB short.');
	const small = gpu({name: 'RTX 2060', vramFreeBytes: 5e9});
	assert.match(judgeFit(subject, machine(1e9, small)).reason, /^Does not fit: beside \d+ of 33 layers on the GPU RTX 2060, in memory: \d\.\d\d GB needed, 1\.00 GB available, \d+ MB|\d\.\d\d GB short\.$/v);
	assert.match(judgeFit(subject, machine(32e9, small)).reason, /^Fits split: \d+ of 33 layers on the GPU RTX 2060 \(\d\.\d\d GB needed, 5\.00 GB free\), the rest in memory \(\d\.\d\d GB needed, 32\.0 GB available\)\.$/v);
	assert.match(judgeFit(subject, machine(6e9)).reason, /^Fits with \d,\d{3} tokens of context, not with 8,192, and only by using the 2\.00 GB kept free for other programs: 5\.\d\d GB needed, 6\.00 GB available\.$/v);
});
