import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {describeGguf} from '../../../source/services/formats/gguf/describe-gguf.js';
import {readGgufHeader} from '../../../source/services/formats/gguf/read-gguf-header.js';
import {estimateMemory} from '../../../source/services/hardware/estimate-memory.js';
import {type ModelArchitecture} from '../../../source/types/model-architecture.js';

const mebibyte = 1024 ** 2;

const llama8: ModelArchitecture = {
	name: 'llama', blockCount: 32, embeddingLength: 4096, headCount: 32, headCountKv: 8, keyLength: 128, valueLength: 128, feedForwardLength: 14_336, vocabularySize: 128_256,
};

const cacheMebibytes = (architecture: ModelArchitecture, contextLength: number) => (estimateMemory({weightBytes: 0, architecture, contextLength}).lines[1]?.bytes ?? NaN) / mebibyte;
const computeMebibytes = (architecture: ModelArchitecture, contextLength: number) => (estimateMemory({weightBytes: 0, architecture, contextLength}).lines[2]?.bytes ?? NaN) / mebibyte;

test('the need is a sum whose lines can be shown', () => {
	const need = estimateMemory({weightBytes: 4_920_739_232, architecture: llama8, contextLength: 4096});
	assert.deepEqual(need.lines.map(({label}) => label), ['weights', 'KV cache at 4,096 tokens', 'compute buffer']);
	assert.equal(need.lines[0]?.bytes, 4_920_739_232);
	assert.equal(need.totalBytes, need.lines.reduce((sum, {bytes}) => sum + bytes, 0));
	assert.equal(need.approximate, false);
});

test('Llama 3.1 8B caches 131,072 bytes a token: 1 GiB at 8,192 tokens', () => {
	assert.equal(cacheMebibytes(llama8, 8192), 1024);
});

test('the cache grows in steps of 256 tokens', () => {
	assert.equal(cacheMebibytes(llama8, 1), cacheMebibytes(llama8, 256));
	assert.equal(cacheMebibytes(llama8, 257), cacheMebibytes(llama8, 512));
});

// Cache and compute buffer in MiB as llama.cpp reported them for random models of these shapes on the CPU.
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
		assert.ok(Math.abs(computeMebibytes(architecture, contextLength) - compute) <= 0.1);
	});
}

test('a hybrid caches in its attention layers only, and one with counts for each layer where there are heads', () => {
	assert.equal(cacheMebibytes({...llama8, attentionBlockCount: 8}, 8192), 256);
	assert.equal(cacheMebibytes({...llama8, blockCount: 4, headCountKv: [8, 0, 4, 0]}, 8192), 48);
});

test('a layer with a sliding window keeps the window and one micro-batch', () => {
	const sliding = {...llama8, slidingWindow: 1024};
	assert.equal(cacheMebibytes(sliding, 8192), 1024);
	// 16 layers of 8,192 and 16 of 1,536 cells.
	assert.equal(cacheMebibytes({...sliding, slidingPattern: 2}, 8192), 512 + 96);
	assert.equal(cacheMebibytes({...sliding, slidingPattern: [true]}, 8192), 1024 - 32 + 6);
	assert.equal(cacheMebibytes({
		...sliding, slidingPattern: 2, slidingKeyLength: 64, slidingValueLength: 64,
	}, 8192), 512 + 48);
	assert.equal(cacheMebibytes({...sliding, slidingPattern: 2}, 1024), 128);
});

test('Gemma 4 26B needs 0.40 GB of cache at 4,096 tokens, as its sliding layers make it', () => {
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
	assert.equal(Math.round(cacheMebibytes(architecture, 4096) * mebibyte / 1e7), 40);
});

test('latent attention caches keys only', () => {
	assert.equal(cacheMebibytes({...llama8, valueLength: 0}, 8192), 512);
});

test('without an architecture a rule of thumb stands in, and says so', () => {
	const known = estimateMemory({weightBytes: 4_920_739_232, architecture: llama8, contextLength: 4096});
	const unknown = estimateMemory({weightBytes: 4_920_739_232, contextLength: 4096});
	assert.equal(unknown.approximate, true);
	assert.ok(unknown.totalBytes > known.totalBytes);
	assert.ok(unknown.totalBytes < known.totalBytes * 1.2);
});

test('the starter model needs a few megabytes', async () => {
	const header = await readGgufHeader(path.resolve('starter-model/tinychat-2.6M.Q8_0.gguf'), new AbortController());
	const {weightBytes, architecture} = describeGguf(header);
	assert.notStrictEqual(architecture, undefined);
	const {lines} = estimateMemory({weightBytes, architecture, contextLength: 1024});
	assert.deepEqual(lines.map(({bytes}) => bytes), [2_794_496, 2 * mebibyte, 512 * ((((3 * 512) + (4 * 256)) * 4) + (1024 * 2))]);
});
