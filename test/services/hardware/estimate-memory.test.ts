import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {describeGguf} from '../../../source/services/formats/gguf/describe-gguf.js';
import {readGgufHeader} from '../../../source/services/formats/gguf/read-gguf-header.js';
import {estimateMemory} from '../../../source/services/hardware/estimate-memory.js';
import {
	type FitPlan,
	type FitSubject,
	type MemoryPart,
	type MemoryPlace,
} from '../../../source/types/fit.js';
import {type ModelArchitecture} from '../../../source/types/model-architecture.js';
import {type ModelWeights} from '../../../source/types/model-weights.js';

const mebibyte = 1024 ** 2;

const llama8: ModelArchitecture = {
	name: 'llama', blockCount: 32, embeddingLength: 4096, headCount: 32, headCountKv: 8, keyLength: 128, valueLength: 128, feedForwardLength: 14_336, vocabularySize: 128_256,
};

function bytesOf(subject: FitSubject, plan: FitPlan, part: MemoryPart, place?: MemoryPlace): number {
	return estimateMemory(subject, plan).lines.filter(line => line.part === part && (place === undefined || line.place === place)).reduce((sum, {bytes}) => sum + bytes, 0);
}

const cacheMebibytes = (architecture: ModelArchitecture, contextLength: number, plan: FitPlan = {}) => bytesOf({weightBytes: 0, architecture, contextLength}, plan, 'cache') / mebibyte;
const reservedMebibytes = (architecture: ModelArchitecture, contextLength: number) => bytesOf({weightBytes: 0, architecture, contextLength}, {gpuLayers: 999}, 'compute', 'gpu') / mebibyte;

test('the need is a sum whose lines can be shown', () => {
	const need = estimateMemory({weightBytes: 4_920_739_232, architecture: llama8, contextLength: 4096});
	assert.deepEqual(need.lines.map(({label}) => label), ['weights', 'KV cache at 4,096 tokens', 'compute buffer', 'engine']);
	assert.equal(need.lines[0]?.bytes, 4_920_739_232);
	assert.equal(need.totalBytes, need.lines.reduce((sum, {bytes}) => sum + bytes, 0));
	assert.equal(need.memoryBytes, need.totalBytes);
	assert.equal(need.approximate, false);
});

test('Llama 3.1 8B caches 131,072 bytes a token: 1 GiB at 8,192 tokens', () => {
	assert.equal(cacheMebibytes(llama8, 8192), 1024);
	assert.equal(cacheMebibytes(llama8, 8192) * mebibyte / 8192, 131_072);
});

test('in 8 and 4 bits it caches in blocks of 34 and 18 bytes for 32 numbers', () => {
	assert.equal(cacheMebibytes(llama8, 8192, {kvCacheType: 'q8_0'}), 1024 * 34 / 64);
	assert.equal(cacheMebibytes(llama8, 8192, {kvCacheType: 'q4_0'}), 1024 * 18 / 64);
	assert.match(estimateMemory({weightBytes: 0, architecture: llama8, contextLength: 8192}, {kvCacheType: 'q8_0'}).lines.map(({label}) => label).join(','), /KV cache at 8,192 tokens in q8_0/v);
});

const withoutFlashAttention: ReadonlyArray<readonly [why: string, architecture: ModelArchitecture, plan: FitPlan]> = [
	['the plan leaves it out', llama8, {flashAttention: false}],
	['the architecture has none', {...llama8, name: 'grok'}, {}],
	['keys and values have different lengths', {...llama8, keyLength: 192}, {}],
];

for (const [why, architecture, plan] of withoutFlashAttention) {
	test(`where ${why}, there is no flash attention, so that the cache stays in 16 bits`, () => {
		assert.equal(cacheMebibytes(architecture, 8192, {...plan, kvCacheType: 'q8_0'}), cacheMebibytes(architecture, 8192));
	});
}

test('without flash attention the scores of all heads need room', () => {
	const subject = {weightBytes: 0, architecture: llama8, contextLength: 8192};
	const scores = bytesOf(subject, {flashAttention: false}, 'compute') - bytesOf(subject, {}, 'compute');
	assert.equal(scores, 512 * 8192 * (4 + (32 * 7) - 2));
});

test('the cache grows in steps of 256 tokens', () => {
	assert.equal(cacheMebibytes(llama8, 1), cacheMebibytes(llama8, 256));
	assert.equal(cacheMebibytes(llama8, 257), cacheMebibytes(llama8, 512));
});

// Cache and compute buffer in MiB as llama.cpp reported them for random models of these shapes.
const measured: ReadonlyArray<readonly [shape: Partial<ModelArchitecture>, contextLength: number, cache: number, compute: number]> = [
	[{
		blockCount: 8, embeddingLength: 1024, headCount: 16, headCountKv: 4, keyLength: 64, valueLength: 64, feedForwardLength: 3072, vocabularySize: 16_384,
	}, 512, 4, 36],
	[{
		blockCount: 4, embeddingLength: 1024, headCount: 16, headCountKv: 4, keyLength: 64, valueLength: 64, feedForwardLength: 3072, vocabularySize: 65_536,
	}, 8192, 32, 132],
	[{
		blockCount: 4, embeddingLength: 512, headCount: 8, headCountKv: 8, keyLength: 64, valueLength: 64, feedForwardLength: 8192, vocabularySize: 4096,
	}, 512, 4, 52.5],
	[{
		blockCount: 4, embeddingLength: 512, headCount: 8, headCountKv: 8, keyLength: 64, valueLength: 64, feedForwardLength: 8192, vocabularySize: 4096,
	}, 8192, 64, 60],
];

for (const [shape, contextLength, cache, compute] of measured) {
	test(`${JSON.stringify(shape)} at ${contextLength} tokens needs what llama.cpp took`, () => {
		const architecture = {...llama8, ...shape};
		assert.equal(cacheMebibytes(architecture, contextLength), cache);
		assert.ok(Math.abs(reservedMebibytes(architecture, contextLength) - compute) <= 0.1);
	});
}

test('a hybrid caches in its attention layers only, and one with counts for each layer where there are heads', () => {
	assert.equal(cacheMebibytes({...llama8, attentionBlockCount: 8}, 8192), 256);
	assert.equal(cacheMebibytes({...llama8, attentionInterval: 4}, 8192), 256);
	assert.equal(cacheMebibytes({...llama8, blockCount: 4, headCountKv: [8, 0, 4, 0]}, 8192), 48);
});

for (const contextLength of [512, 131_072]) {
	test(`layers that keep a state keep as much at ${contextLength} tokens as at any`, () => {
		const recurrent = {stateLength: 100_000, innerLength: 4096, inEveryLayer: false};
		const stateOf = (architecture: ModelArchitecture) => bytesOf({weightBytes: 0, architecture, contextLength}, {}, 'state');
		const everyEighth = Array.from({length: 32}, (_, block) => block % 8 === 0 ? 8 : 0);
		assert.equal(stateOf({...llama8, attentionInterval: 4, recurrent}), 24 * 400_000);
		assert.equal(stateOf({...llama8, headCountKv: everyEighth, recurrent}), 28 * 400_000);
		assert.equal(stateOf({...llama8, recurrent: {...recurrent, inEveryLayer: true}}), 32 * 400_000);
		assert.equal(stateOf(llama8), 0);
	});
}

test('a layer with a sliding window keeps the window and one micro-batch, which the binding makes one token longer', () => {
	const sliding = {...llama8, slidingWindow: 1024};
	assert.equal(cacheMebibytes(sliding, 8192), 1024);
	// 16 layers of 8,192 and 16 of 1,792 cells.
	assert.equal(cacheMebibytes({...sliding, slidingPattern: 2}, 8192), 512 + 112);
	assert.equal(cacheMebibytes({...sliding, slidingPattern: [true]}, 8192), 1024 - 32 + 7);
	assert.equal(cacheMebibytes({
		...sliding, slidingPattern: 2, slidingKeyLength: 64, slidingValueLength: 64,
	}, 8192), 512 + 56);
	assert.equal(cacheMebibytes({...sliding, slidingPattern: 2}, 1024), 128);
	assert.equal(cacheMebibytes({...sliding, slidingPattern: 2}, 8192, {batchSize: 128}), 512 + 80);
});

test('Gemma 4 26B needs 0.44 GB of cache at 4,096 tokens, as its sliding layers make it', () => {
	const architecture = {
		...llama8,
		blockCount: 30,
		headCountKv: Array.from({length: 30}, (_, block) => block % 6 === 5 ? 2 : 8),
		keyLength: 512,
		valueLength: 512,
		slidingWindow: 1024,
		slidingPattern: 6,
		slidingKeyLength: 256,
		slidingValueLength: 256,
	};
	assert.equal(Math.round(cacheMebibytes(architecture, 4096) * mebibyte / 1e7), 45);
});

test('latent attention caches keys only', () => {
	assert.equal(cacheMebibytes({...llama8, valueLength: 0}, 8192), 512);
});

test('without an architecture a rule of thumb stands in, and says so', () => {
	const known = estimateMemory({weightBytes: 4_920_739_232, architecture: llama8, contextLength: 4096});
	const unknown = estimateMemory({weightBytes: 4_920_739_232, contextLength: 4096});
	assert.equal(unknown.approximate, true);
	assert.ok(unknown.totalBytes > known.totalBytes * 0.95);
	assert.ok(unknown.totalBytes < known.totalBytes * 1.2);
});

test('the starter model needs a few megabytes beside the engine', async () => {
	const header = await readGgufHeader(path.resolve('starter-model/tinychat-2.6M.Q8_0.gguf'), new AbortController());
	const {weightBytes, architecture} = describeGguf(header);
	assert.notStrictEqual(architecture, undefined);
	const {lines} = estimateMemory({weightBytes, architecture, contextLength: 1024});
	assert.deepEqual(lines.map(({bytes}) => bytes).slice(0, 3), [2_794_496, 2 * mebibyte, 512 * ((((3 * 512) + (4 * 256)) * 4) + (1024 * 2))]);
});

const mixture: ModelWeights = {
	tokenEmbeddingBytes: 1000, layers: Array.from({length: 32}, () => ({bytes: 10, expertBytes: 100})), outputBytes: 500, tiedOutput: false, matrixBytes: {Q4_K: 3000},
};
const placed: FitSubject = {
	weightBytes: 5020, architecture: llama8, weights: mixture, contextLength: 4096,
};

for (const [plan, gpu, memory] of [
	[{}, [0, 0], [1000 + 320 + 500, 3200]],
	[{gpuLayers: 1}, [500, 0], [1000 + 320, 3200]],
	[{gpuLayers: 3}, [500 + 20, 200], [1000 + 300, 3000]],
	[{gpuLayers: 99}, [500 + 320, 3200], [1000, 0]],
	[{gpuLayers: 33, expertLayersInMemory: 10}, [500 + 320, 2200], [1000, 1000]],
] as const) {
	test(`with ${JSON.stringify(plan)} the output, then the last layers are on the GPU, and the token embedding never is`, () => {
		assert.deepEqual((['weights', 'experts'] as const).map(part => bytesOf(placed, plan, part, 'gpu')), gpu);
		assert.deepEqual((['weights', 'experts'] as const).map(part => bytesOf(placed, plan, part, 'memory')), memory);
	});
}

test('a GPU has a copy of a token embedding that is the output too', () => {
	assert.equal(bytesOf({...placed, weights: {...mixture, tiedOutput: true}}, {gpuLayers: 1}, 'weights', 'gpu'), 1500);
});

test('the cache is where its layer is', () => {
	assert.equal(bytesOf(placed, {gpuLayers: 9}, 'cache', 'gpu'), 128 * mebibyte);
	assert.equal(bytesOf(placed, {gpuLayers: 9}, 'cache', 'memory'), 384 * mebibyte);
});

for (const plan of [{}, {gpuLayers: 7}, {gpuLayers: 33}, {gpuLayers: 33, expertLayersInMemory: 5}, {gpuLayers: 20, expertLayersInMemory: 32}]) {
	test(`placed as ${JSON.stringify(plan)}, weights and cache are the same in all`, () => {
		assert.equal(bytesOf(placed, plan, 'weights') + bytesOf(placed, plan, 'experts'), 5020);
		assert.equal(bytesOf(placed, plan, 'cache'), 512 * mebibyte);
	});
}

const isSorted = (values: readonly number[]) => values.every((value, index) => index === 0 || value >= values[index - 1]!);

test('more context never needs less, and more layers on the GPU never more memory', () => {
	const totals = Array.from({length: 60}, (_, step) => estimateMemory({...placed, contextLength: 100 + (700 * step)}).totalBytes);
	assert.ok(isSorted(totals));
	const needs = Array.from({length: 34}, (_, gpuLayers) => estimateMemory(placed, {gpuLayers}));
	assert.ok(isSorted(needs.map(({gpuBytes}) => gpuBytes)));
	assert.ok(isSorted(needs.map(({memoryBytes}) => memoryBytes).toReversed()));
});

test('weights that the processor wants rearranged are held, and their file pages can be given back', () => {
	const withAvx = estimateMemory(placed, {}, {instructionSets: ['avx2']});
	assert.equal(withAvx.memoryBytes - withAvx.heldBytes, 5020 - 3000);
	assert.equal(withAvx.reclaimableBytes, 3000);
	const without = estimateMemory(placed, {}, {instructionSets: ['neon']});
	assert.equal(without.memoryBytes - without.heldBytes, 5020);
	assert.equal(without.reclaimableBytes, 0);
	const unmapped = estimateMemory(placed, {memoryMap: false}, {instructionSets: ['avx2']});
	assert.deepEqual([unmapped.memoryBytes - unmapped.heldBytes, unmapped.reclaimableBytes], [0, 0]);
});
