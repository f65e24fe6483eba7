import {type FitPlan} from '../../../types/fit.js';
import {type KvCacheType} from '../../../types/load-plan.js';
import {type ModelArchitecture} from '../../../types/model-architecture.js';
import {cacheTypeOf} from './attention.js';
import {cellsOf, microBatchOf, roundUp} from './context-cells.js';

const blocks: Readonly<Record<KvCacheType, {readonly length: number; readonly bytes: number}>> = {
	f16: {length: 1, bytes: 2},
	q8_0: {length: 32, bytes: 34},
	q4_0: {length: 32, bytes: 18},
};

const cacheStep = 256;

/**
What each layer caches of a context, in order of the layers; 0 for those that own no cache.

Llama.cpp's `src/llama-kv-cache.cpp`: key-value heads × (key + value length) for each cell, in blocks of the type the cache is kept as. A layer with a sliding window has cells for the window and one micro-batch only (`llama-kv-cache-iswa.cpp`), which node-llama-cpp makes one token longer than it is told. Latent attention caches keys only.
*/
export function kvCacheBytes(architecture: ModelArchitecture, contextLength: number, plan: FitPlan): readonly number[] {
	const {blockCount, headCountKv, keyLength, valueLength, slidingWindow, slidingKeyLength = keyLength, slidingValueLength = valueLength} = architecture;
	const type = cacheTypeOf(architecture, plan);
	const cells = cellsOf(contextLength);
	const slidingCells = slidingWindow === undefined ? cells : roundUp(Math.min(cells, slidingWindow + microBatchOf(contextLength, plan) + 1), cacheStep);
	return Array.from({length: blockCount}, (_, block) => {
		if (!hasCache(architecture, block)) {
			return 0;
		}

		const heads = typeof headCountKv === 'number' ? headCountKv : headCountKv[block] ?? 0;
		return isSliding(architecture, block)
			? slidingCells * (rowBytes(heads * slidingKeyLength, type) + rowBytes(heads * slidingValueLength, type))
			: cells * (rowBytes(heads * keyLength, type) + rowBytes(heads * valueLength, type));
	});
}

/**
Layers that share the cache of others are the last ones. Of a hybrid each n-th layer owns one.
*/
function hasCache({blockCount, attentionBlockCount = blockCount, attentionInterval}: ModelArchitecture, block: number): boolean {
	return attentionInterval === undefined ? block < attentionBlockCount : (block + 1) % attentionInterval === 0;
}

function isSliding({slidingWindow, slidingPattern}: ModelArchitecture, block: number): boolean {
	if (slidingWindow === undefined || slidingPattern === undefined) {
		return false;
	}

	return typeof slidingPattern === 'number' ? (block + 1) % slidingPattern !== 0 : slidingPattern[block] ?? false;
}

function rowBytes(elements: number, type: KvCacheType): number {
	const {length, bytes} = blocks[type];
	return Math.ceil(elements / length) * bytes;
}
