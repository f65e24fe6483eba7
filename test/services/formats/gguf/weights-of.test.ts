import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type GgufHeader} from '../../../../source/services/formats/gguf/gguf-header.js';
import {weightsOf} from '../../../../source/services/formats/gguf/weights-of.js';

function header(...tensors: ReadonlyArray<readonly [name: string, type: string, dimensions: readonly number[], sizeBytes: number]>): GgufHeader {
	return {
		label: 'm.gguf', version: 3, metadata: new Map(), dataOffset: 0, alignment: 32, fileSize: 0, tensors: tensors.map(([name, type, dimensions, sizeBytes]) => ({
			name, type, dimensions, sizeBytes, offset: 0,
		})),
	};
}

const embedding = ['token_embd.weight', 'Q4_K', [256, 64], 1000] as const;

test('each tensor is counted once, at its place', () => {
	const weights = weightsOf([header(
		embedding,
		['output_norm.weight', 'F32', [256], 10],
		['output.weight', 'Q6_K', [256, 64], 2000],
		['blk.0.attn_q.weight', 'Q4_K', [256, 256], 100],
		['blk.0.attn_norm.weight', 'F32', [256], 1],
		['blk.1.ffn_up_exps.weight', 'Q4_K', [256, 64, 8], 800],
		['blk.1.ffn_gate_up_exps.weight', 'Q4_K', [256, 64, 8], 50],
		['blk.1.ffn_down_chexps.weight', 'Q4_K', [256, 64, 8], 70],
		['blk.1.ffn_up_shexp.weight', 'Q4_K', [256, 64], 30],
		['blk.1.ffn_gate_inp.weight', 'F32', [256, 8], 5],
	)], 2);
	assert.deepEqual(weights, {
		tokenEmbeddingBytes: 1000,
		layers: [{bytes: 101, expertBytes: 0}, {bytes: 35, expertBytes: 920}],
		outputBytes: 2010,
		tiedOutput: false,
		matrixBytes: {Q6_K: 2000, Q4_K: 1050, F32: 5},
	});
});

test('a token embedding that is the output too is multiplied with', () => {
	const {tiedOutput, matrixBytes} = weightsOf([header(embedding)], 1);
	assert.deepEqual([tiedOutput, matrixBytes], [true, {Q4_K: 1000}]);
});

test('all files of a model count together, and what belongs to no layer that there is counts as output', () => {
	const weights = weightsOf([header(['blk.0.a.weight', 'F16', [256, 8], 7]), header(['blk.0.b.weight', 'F16', [256, 8], 8], ['blk.9.a.weight', 'F16', [256, 8], 9])], 1);
	assert.deepEqual([weights.layers, weights.outputBytes], [[{bytes: 15, expertBytes: 0}], 9]);
});

test('matrices whose rows do not come in eights are left as they are', () => {
	assert.deepEqual(weightsOf([header(['blk.0.a.weight', 'Q4_0', [256, 12], 7], ['blk.0.b.weight', 'Q4_0', [256], 7])], 1).matrixBytes, {});
});
