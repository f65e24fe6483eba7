import {type GpuReport} from '../../source/types/hardware.js';
import {type LoadPlan} from '../../source/types/load-plan.js';
import {type PlanModel} from '../../source/services/load-plans/plan-model.js';

/**
A dense model of 8 billion weights with grouped queries, as Llama 3.1 8B in Q4_K_M.
*/
export const denseModel: PlanModel = {
	id: 'dense-8b-q4',
	name: 'Dense 8B Instruct',
	quantization: 'Q4_K_M',
	weightBytes: 4_920_000_000,
	parameters: 8_030_000_000,
	contextLength: 131_072,
	architecture: {
		name: 'llama', blockCount: 32, embeddingLength: 4096, headCount: 32, headCountKv: 8, keyLength: 128, valueLength: 128, feedForwardLength: 14_336, vocabularySize: 128_256,
	},
};

/**
30 billion weights, of which 3 are used per token.
*/
export const mixtureModel: PlanModel = {
	id: 'mixture-30b-q4',
	name: 'Mixture 30B-A3B',
	quantization: 'Q4_K_M',
	weightBytes: 18_600_000_000,
	parameters: 30_500_000_000,
	activeParameters: 3_300_000_000,
	contextLength: 262_144,
	architecture: {
		name: 'qwen3moe', blockCount: 48, embeddingLength: 2048, headCount: 32, headCountKv: 4, keyLength: 128, valueLength: 128, feedForwardLength: 6144, vocabularySize: 151_936, expertCount: 128, expertUsedCount: 8,
	},
	weights: {
		tokenEmbeddingBytes: 170_000_000,
		layers: Array.from({length: 48}, () => ({bytes: 25_000_000, expertBytes: 354_000_000})),
		outputBytes: 250_000_000,
		tiedOutput: false,
		matrixBytes: {},
	},
};

export const usualPlan: LoadPlan = {
	contextSize: 4096, gpuLayers: 0, batchSize: 512, threads: 4, kvCacheType: 'f16', flashAttention: 'auto', memoryMap: true, memoryLock: false, expertLayersInMemory: 0,
};

export function card(gigabytes: number): GpuReport {
	return {
		name: 'GeForce RTX 3090', vendor: 'NVIDIA', unifiedMemory: false, vramTotalBytes: gigabytes * 1e9, vramFreeBytes: gigabytes * 1e9, bandwidthBytesPerSecond: 936e9,
	};
}
