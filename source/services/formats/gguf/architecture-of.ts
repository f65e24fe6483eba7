import {type ModelArchitecture} from '../../../types/model-architecture.js';
import {brokenModelError, quoteFromFile} from './gguf-errors.js';
import {type GgufHeader, type GgufMetadata} from './gguf-header.js';
import {
	arrayAt,
	largest,
	largestAt,
	numberAt,
	numberOrNumbersAt,
	textAt,
} from './metadata-values.js';
import {recurrentLayersOf} from './recurrent-layers.js';
import {slidingPatternOf} from './sliding-window.js';

/**
What decides the model's memory use, from the keys `{arch}.*`.
@throws {IntegrityError} `broken_model` where a key that every model has is missing.
*/
export function architectureOf({label, metadata}: GgufHeader): ModelArchitecture {
	const name = textAt(metadata, 'general.architecture');
	if (name === undefined) {
		throw brokenModelError(label, 'general.architecture is missing');
	}

	const required = (key: string): number => {
		const value = numberAt(metadata, `${name}.${key}`);
		if (value === undefined) {
			throw brokenModelError(label, `${quoteFromFile(`${name}.${key}`)} is missing`);
		}

		return value;
	};

	const optional = (key: string): number | undefined => numberAt(metadata, `${name}.${key}`);
	const blockCount = required('block_count');
	const embeddingLength = required('embedding_length');
	// Models without attention have no heads.
	const headCounts = numberOrNumbersAt(metadata, `${name}.attention.head_count`) ?? 0;
	const headCount = largest(headCounts);
	const headLength = headCount === 0 ? 0 : Math.floor(embeddingLength / headCount);
	const slidingWindow = optional('attention.sliding_window');
	return withoutUndefined({
		name,
		blockCount,
		embeddingLength,
		headCount,
		headCountKv: numberOrNumbersAt(metadata, `${name}.attention.head_count_kv`) ?? headCounts,
		keyLength: optional('attention.key_length') ?? headLength,
		// Latent attention caches keys only (llama.cpp, src/llama-kv-cache.cpp: is_mla).
		valueLength: optional('attention.key_length_mla') === undefined ? optional('attention.value_length') ?? headLength : 0,
		feedForwardLength: largestAt(metadata, `${name}.feed_forward_length`),
		vocabularySize: optional('vocab_size') ?? arrayAt(metadata, 'tokenizer.ggml.tokens')?.length,
		expertCount: optional('expert_count'),
		expertUsedCount: optional('expert_used_count'),
		expertFeedForwardLength: largestAt(metadata, `${name}.expert_feed_forward_length`),
		attentionBlockCount: attentionBlockCountOf(metadata, name, blockCount),
		attentionInterval: attentionIntervalOf(metadata, name),
		recurrent: recurrentLayersOf(metadata, name, {embeddingLength, headCount}),
		slidingWindow,
		...(slidingWindow !== undefined && {
			slidingPattern: slidingPatternOf(metadata, name),
			slidingKeyLength: optional('attention.key_length_swa'),
			slidingValueLength: optional('attention.value_length_swa'),
		}),
	});
}

/**
Hybrids attend in every n-th layer only; some models share the cache of earlier layers in their last ones.
*/
function attentionBlockCountOf(metadata: GgufMetadata, name: string, blockCount: number): number | undefined {
	const interval = attentionIntervalOf(metadata, name);
	if (interval !== undefined) {
		return Math.floor(blockCount / interval);
	}

	// Layers that predict further tokens are not used, and have no cache.
	const unused = numberAt(metadata, `${name}.attention.shared_kv_layers`) ?? numberAt(metadata, `${name}.nextn_predict_layers`) ?? 0;
	return unused <= 0 || unused >= blockCount ? undefined : blockCount - unused;
}

// What llama.cpp takes where the file does not say (load_arch_hparams in src/models/qwen35.cpp and its like).
const usualInterval = 4;
const interleaved = new Set(['qwen3next', 'qwen35', 'qwen35moe']);

function attentionIntervalOf(metadata: GgufMetadata, name: string): number | undefined {
	const interval = numberAt(metadata, `${name}.full_attention_interval`);
	if (interval !== undefined && interval >= 1) {
		return interval;
	}

	return interleaved.has(name) ? usualInterval : undefined;
}

type Optional<T> = {[Key in keyof T]: T[Key] | (undefined extends T[Key] ? undefined : never)};

function withoutUndefined<T extends Record<string, unknown>>(value: Optional<T>): T {
	return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
