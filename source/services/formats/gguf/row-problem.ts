import {type ModelArchitecture} from '../../../types/model-architecture.js';
import {type GgufHeader} from './gguf-header.js';
import {tensorTypes} from './tensor-types.js';

const blockLengths = new Map(tensorTypes.values().map(({name, blockLength}) => [name, blockLength]));

/**
A length by which llama.cpp will shape a tensor's rows, where a row would not hold one block of the tensor's type: that ends its process.
Other lengths that do not match the tensors it finds and reports by itself.
*/
export function rowProblem({tensors}: GgufHeader, {embeddingLength, headCount, keyLength, feedForwardLength = Infinity}: ModelArchitecture): string | undefined {
	const rows: Readonly<Record<string, readonly [what: string, length: number]>> = {
		'token_embd.weight': ['embedding_length', embeddingLength],
		'blk.0.attn_output.weight': ['attention.key_length', headCount === 0 ? Infinity : keyLength * headCount],
		'blk.0.ffn_down.weight': ['feed_forward_length', feedForwardLength],
	};
	for (const {name, type} of tensors) {
		const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
		if (row !== undefined && row[1] < (blockLengths.get(type) ?? 1)) {
			return `${row[0]} makes rows of ${row[1]} elements in ${name}, which ${type} cannot hold`;
		}
	}

	return undefined;
}
