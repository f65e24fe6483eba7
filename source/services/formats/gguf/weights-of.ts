import {type ModelWeights} from '../../../types/model-weights.js';
import {type GgufHeader, type GgufTensor} from './gguf-header.js';

const blockPattern = /^blk\.(?<block>\d{1,4})\./v;
const expertPattern = /^blk\.\d{1,4}\.ffn_(?:up|down|gate|gate_up)_(?:ch)?exps(?:\.|$)/v;
const embeddingPattern = /^(?:token_embd|per_layer_token_embd|position_embd|token_types)\./v;

// Llama.cpp rearranges matrices of eight rows at a time.
const rowsTogether = 8;

/**
The tensors of a model by place, from the headers of all its files. What belongs to no block and is no embedding counts as output.
*/
export function weightsOf(headers: readonly GgufHeader[], blockCount: number): ModelWeights {
	const layers = Array.from({length: blockCount}, () => ({bytes: 0, expertBytes: 0}));
	const matrixBytes: Record<string, number> = {};
	let tokenEmbedding: GgufTensor | undefined;
	let tokenEmbeddingBytes = 0;
	let outputBytes = 0;
	let hasOutput = false;
	for (const tensor of headers.flatMap(({tensors}) => tensors)) {
		const layer = layers[Number(blockPattern.exec(tensor.name)?.groups?.block ?? -1)];
		if (layer !== undefined) {
			layer[expertPattern.test(tensor.name) ? 'expertBytes' : 'bytes'] += tensor.sizeBytes;
		} else if (embeddingPattern.test(tensor.name)) {
			tokenEmbeddingBytes += tensor.sizeBytes;
			tokenEmbedding ??= tensor.name.startsWith('token_embd.') ? tensor : undefined;
			continue;
		} else {
			outputBytes += tensor.sizeBytes;
			hasOutput ||= tensor.name === 'output.weight';
		}

		countMatrix(matrixBytes, tensor);
	}

	if (!hasOutput && tokenEmbedding !== undefined) {
		countMatrix(matrixBytes, tokenEmbedding);
	}

	return {
		tokenEmbeddingBytes, layers, outputBytes, tiedOutput: !hasOutput, matrixBytes,
	};
}

function countMatrix(matrixBytes: Record<string, number>, {dimensions, type, sizeBytes}: GgufTensor): void {
	if ((dimensions[1] ?? 0) >= rowsTogether && dimensions[1]! % rowsTogether === 0) {
		matrixBytes[type] = (matrixBytes[type] ?? 0) + sizeBytes;
	}
}
