import {formatInteger} from '../../format/number.js';
import {type FitSubject, type MemoryNeed} from '../../types/fit.js';
import {type ModelArchitecture} from '../../types/model-architecture.js';
import {sumNeed} from './memory/sum-need.js';

// Llama.cpp's default micro-batch: tokens that are computed at once.
const microBatch = 512;
const f16Bytes = 2;
const f32Bytes = 4;
// The cache is allocated in steps of so many tokens.
const cacheStep = 256;

// Where the header does not say: the vocabulary of the Qwen family, larger than most.
const usualVocabulary = 151_936;

// For an unknown architecture: models with grouped-query attention cache 0.8–2.7 × 10⁻⁵ of their weights a token.
const cacheShareOfWeights = 3e-5;
// And the logits of a vocabulary of 150,000 tokens, the largest part of the compute buffer.
const usualComputeBytes = 320_000_000;

/**
What a model needs in memory at a context length, with the cache in f16: weights, KV cache and compute buffer.

The cache follows llama.cpp's `src/llama-kv-cache.cpp`: for each layer that owns one, its key-value heads × (key + value length) × 2 bytes a token; a layer with a sliding window keeps the window and one micro-batch.
The compute buffer was measured with llama.cpp on the CPU with flash attention, to the MiB: the larger of the logits and of one layer's activations with the attention mask.
Recurrent states of hybrids are not counted; they are tens of megabytes at most.
Without an architecture a rule of thumb stands in, and the need is marked as approximate.
*/
export function estimateMemory({weightBytes, architecture, contextLength}: FitSubject): MemoryNeed {
	const cells = roundUp(contextLength, cacheStep);
	const cacheBytes = architecture === undefined ? Math.round(weightBytes * cells * cacheShareOfWeights) : cacheBytesOf(architecture, cells);
	const computeBytes = architecture === undefined ? usualComputeBytes : computeBytesOf(architecture, cells);
	return sumNeed([
		{
			label: 'weights', bytes: weightBytes, part: 'weights', place: 'memory',
		},
		{
			label: `KV cache at ${formatInteger(contextLength)} tokens`, bytes: cacheBytes, part: 'cache', place: 'memory',
		},
		{
			label: 'compute buffer', bytes: computeBytes, part: 'compute', place: 'memory',
		},
	], {approximate: architecture === undefined});
}

function cacheBytesOf(architecture: ModelArchitecture, cells: number): number {
	const {
		blockCount, attentionBlockCount = blockCount, headCountKv, keyLength, valueLength, slidingWindow, slidingKeyLength = keyLength, slidingValueLength = valueLength,
	} = architecture;
	const slidingCells = slidingWindow === undefined ? cells : Math.min(cells, roundUp(slidingWindow + microBatch, cacheStep));
	let bytes = 0;
	// Layers that share the cache of others are the last ones; in a hybrid all that have a cache are alike.
	for (let block = 0; block < attentionBlockCount; block++) {
		const heads = typeof headCountKv === 'number' ? headCountKv : headCountKv[block] ?? 0;
		bytes += heads * f16Bytes * (isSliding(architecture, block) ? slidingCells * (slidingKeyLength + slidingValueLength) : cells * (keyLength + valueLength));
	}

	return bytes;
}

function isSliding({slidingWindow, slidingPattern}: ModelArchitecture, block: number): boolean {
	if (slidingWindow === undefined || slidingPattern === undefined) {
		return false;
	}

	return typeof slidingPattern === 'number' ? (block + 1) % slidingPattern !== 0 : slidingPattern[block] ?? false;
}

function computeBytesOf(architecture: ModelArchitecture, cells: number): number {
	const {embeddingLength, feedForwardLength = 4 * embeddingLength, vocabularySize = usualVocabulary, expertUsedCount = 0} = architecture;
	const logits = vocabularySize + (2 * embeddingLength);
	const activations = (3 * feedForwardLength) + (4 * (1 + expertUsedCount) * embeddingLength);
	return microBatch * Math.max(logits * f32Bytes, (activations * f32Bytes) + (cells * f16Bytes));
}

function roundUp(value: number, step: number): number {
	return Math.ceil(value / step) * step;
}
