import {type GgufHeader} from './gguf-header.js';
import {arrayAt, textAt} from './metadata-values.js';

const mostTokens = 2 ** 22;

/**
What is wrong with the tokenizer or with the embedding of its tokens, if anything.
*/
export function vocabularyProblem({metadata, tensors}: GgufHeader): string | undefined {
	const model = textAt(metadata, 'tokenizer.ggml.model');
	if (model === undefined) {
		return 'tokenizer.ggml.model is missing';
	}

	if (model === 'none' || model === 'no_vocab') {
		return undefined;
	}

	const tokens = arrayAt(metadata, 'tokenizer.ggml.tokens');
	if (tokens?.elementType !== 'string' || tokens.length === 0 || tokens.length > mostTokens) {
		return 'tokenizer.ggml.tokens is not a list of tokens';
	}

	return listProblem(metadata, tokens.length)
		?? embeddingProblem(tensors, tokens.length);
}

function listProblem(metadata: GgufHeader['metadata'], tokenCount: number): string | undefined {
	for (const [key, elementType] of [['tokenizer.ggml.scores', 'float32'], ['tokenizer.ggml.token_type', 'int32']] as const) {
		const list = arrayAt(metadata, key);
		if (metadata.has(key) && (list?.elementType !== elementType || list.length !== tokenCount)) {
			return `${key} does not belong to its ${tokenCount} tokens`;
		}
	}

	return metadata.has('tokenizer.ggml.merges') && arrayAt(metadata, 'tokenizer.ggml.merges')?.elementType !== 'string'
		? 'tokenizer.ggml.merges is not a list of texts'
		: undefined;
}

function embeddingProblem(tensors: GgufHeader['tensors'], tokenCount: number): string | undefined {
	// In a model of several files it may be in another one.
	const rows = tensors.find(({name}) => name === 'token_embd.weight')?.dimensions[1] ?? tokenCount;
	return rows === tokenCount ? undefined : `it embeds ${rows} tokens and names ${tokenCount}`;
}
