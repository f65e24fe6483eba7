import {type RandomModelShape} from '../../test/helpers/random-model/shape.js';

const usual = {
	vocabularySize: 32_000, contextLength: 8192, tiedEmbeddings: false, headCount: 8, headCountKv: 8,
} as const;

/**
The models that the table is about: 8 to 477 MB, every way of caching, every way of keeping weights.
*/
export const shapes: Readonly<Record<string, RandomModelShape>> = {
	'llama, MHA, F16, tied, tiny': {
		...usual, architecture: 'llama', type: 'F16', blockCount: 4, embeddingLength: 256, feedForwardLength: 768, vocabularySize: 2048, tiedEmbeddings: true,
	},
	'llama, MHA, Q8_0': {
		...usual, architecture: 'llama', type: 'Q8_0', blockCount: 12, embeddingLength: 768, feedForwardLength: 2048, headCount: 12, headCountKv: 12,
	},
	'llama, GQA, F16, untied': {
		...usual, architecture: 'llama', type: 'F16', blockCount: 8, embeddingLength: 1024, feedForwardLength: 2816, headCount: 16, headCountKv: 4,
	},
	'llama, GQA, Q4_K, tied': {
		...usual, architecture: 'llama', type: 'Q4_K', blockCount: 16, embeddingLength: 1024, feedForwardLength: 3072, headCount: 16, headCountKv: 4, tiedEmbeddings: true,
	},
	'llama, GQA, Q4_K, untied': {
		...usual, architecture: 'llama', type: 'Q4_K', blockCount: 16, embeddingLength: 1280, feedForwardLength: 3584, headCount: 20, headCountKv: 4,
	},
	'llama, GQA, Q8_0, large vocabulary': {
		...usual, architecture: 'llama', type: 'Q8_0', blockCount: 8, embeddingLength: 1024, feedForwardLength: 3072, headCount: 16, headCountKv: 2, vocabularySize: 128_000, tiedEmbeddings: true,
	},
	'llama, MHA, F16, wide': {
		...usual, architecture: 'llama', type: 'F16', blockCount: 4, embeddingLength: 2048, feedForwardLength: 5632, headCount: 16, headCountKv: 16, vocabularySize: 16_000, tiedEmbeddings: true,
	},
	'mixtral, 8 experts, Q8_0': {
		...usual, architecture: 'llama', type: 'Q8_0', blockCount: 6, embeddingLength: 768, feedForwardLength: 1536, headCount: 12, headCountKv: 4, experts: {count: 8, usedCount: 2, feedForwardLength: 1536},
	},
	'qwen3moe, 32 experts, Q4_K': {
		...usual, architecture: 'qwen3moe', type: 'Q4_K', blockCount: 8, embeddingLength: 1024, feedForwardLength: 2048, headCount: 16, headCountKv: 4, headLength: 128, experts: {count: 32, usedCount: 8, feedForwardLength: 512},
	},
	'gemma3, window 512, Q8_0, tied': {
		...usual, architecture: 'gemma3', type: 'Q8_0', blockCount: 12, embeddingLength: 768, feedForwardLength: 2048, headCount: 6, headCountKv: 2, headLength: 256, slidingWindow: 512, vocabularySize: 64_000, tiedEmbeddings: true,
	},
	'gemma3, window 1024, F16, tied': {
		...usual, architecture: 'gemma3', type: 'F16', blockCount: 18, embeddingLength: 640, feedForwardLength: 2048, headCount: 4, headCountKv: 4, headLength: 256, slidingWindow: 1024, tiedEmbeddings: true,
	},
	'deepseek2, MLA, 16 experts, Q8_0': {
		...usual, architecture: 'deepseek2', type: 'Q8_0', blockCount: 5, embeddingLength: 768, feedForwardLength: 2048, headCount: 12, headCountKv: 12, experts: {count: 16, usedCount: 4, feedForwardLength: 512},
	},
	'lfm2, hybrid, F16, tied': {
		...usual, architecture: 'lfm2', type: 'F16', blockCount: 12, embeddingLength: 768, feedForwardLength: 2560, headCount: 12, headCountKv: 4, tiedEmbeddings: true,
	},
	'qwen35, hybrid, Q4_K': {
		...usual, architecture: 'qwen35', type: 'Q4_K', blockCount: 12, embeddingLength: 1024, feedForwardLength: 3072, headCount: 16, headCountKv: 4, headLength: 64,
	},
	'mamba, recurrent, Q8_0': {
		...usual, architecture: 'mamba', type: 'Q8_0', blockCount: 16, embeddingLength: 768, feedForwardLength: 0, tiedEmbeddings: true,
	},
};
