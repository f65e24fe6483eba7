import {type ModelWeights} from '../../../types/model-weights.js';

/**
Tensor types that llama.cpp rearranges for processors with these instructions when it loads them (`ggml_repack_get_optimal_repack_type` in ggml/src/ggml-cpu/repack.cpp, `qtype_has_amx_kernels` in amx/common.h).
*/
const repackedTypes: ReadonlyArray<readonly [instructionSet: string, types: readonly string[]]> = [
	['avx2', ['Q4_0', 'Q4_K', 'IQ4_NL', 'MXFP4']],
	['avx512', ['Q2_K']],
	['amx-int8', ['Q4_0', 'Q4_1', 'Q8_0', 'Q4_K', 'Q5_K', 'Q6_K', 'IQ4_XS']],
	['dotprod', ['Q4_0', 'Q4_K', 'Q5_K', 'Q6_K', 'IQ4_NL', 'MXFP4', 'Q8_0']],
];

/**
Bytes of weights that are copied out of the file when they are loaded to be computed on by this processor: they cannot be dropped and read again. A processor of which no instructions are known counts as having AVX2.
*/
export function repackedBytes({matrixBytes}: ModelWeights, instructionSets: readonly string[] = []): number {
	const sets = instructionSets.length === 0 ? ['avx2'] : instructionSets;
	const types = new Set(repackedTypes.flatMap(([instructionSet, names]) => sets.includes(instructionSet) ? names : []));
	return Object.entries(matrixBytes).reduce((sum, [type, bytes]) => sum + (types.has(type) ? bytes : 0), 0);
}
