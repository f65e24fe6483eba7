import {type RandomModelShape, type RandomTensor} from './shape.js';

/**
The tensors of a model, with the names and shapes that llama.cpp asks for (`load_arch_tensors` in src/models/*.cpp).
*/
export function tensorsOf(shape: RandomModelShape): readonly RandomTensor[] {
	const {architecture, embeddingLength, vocabularySize, tiedEmbeddings} = shape;
	const {matrix, vector} = makers(shape);
	return [
		matrix('token_embd.weight', embeddingLength, vocabularySize),
		...Array.from({length: shape.blockCount}, (_, block) => block).flatMap(block => [
			...vector(`blk.${block}.attn_norm.weight`, embeddingLength),
			...mixerOf(shape, block),
			...feedForwardOf(shape, block),
		]),
		...vector(architecture === 'lfm2' ? 'token_embd_norm.weight' : 'output_norm.weight', embeddingLength),
		...(tiedEmbeddings ? [] : [matrix('output.weight', embeddingLength, vocabularySize)]),
	];
}

/**
Whether a block of a hybrid keeps a state instead of a cache.
*/
export function isRecurrent({architecture}: RandomModelShape, block: number): boolean {
	return architecture === 'mamba' || ((architecture === 'lfm2' || architecture === 'qwen35') && (block + 1) % 4 !== 0);
}

export function headLengthOf({headLength, embeddingLength, headCount}: RandomModelShape): number {
	return headLength ?? (embeddingLength / headCount);
}

/**
What is given by the others in the models that exist.
*/
export const latent = {
	queryRank: 128, keyValueRank: 128, ropeLength: 32, plainLength: 64, valueLength: 64,
} as const;

/**
Lengths of the recurrent layers.
*/
export function stateOf({architecture, embeddingLength, headCount}: RandomModelShape) {
	return architecture === 'mamba'
		? {
			convolution: 4, innerLength: 2 * embeddingLength, stateLength: 16, timeStepRank: Math.ceil(embeddingLength / 16), groupCount: 0,
		}
		: {
			convolution: 4, innerLength: headCount * 64, stateLength: 64, timeStepRank: headCount, groupCount: headCount / 2,
		};
}

function mixerOf(shape: RandomModelShape, block: number): readonly RandomTensor[] {
	switch (shape.architecture) {
		case 'mamba': {
			return mamba(shape, block);
		}

		case 'deepseek2': {
			return latentAttention(shape, block);
		}

		case 'lfm2': {
			return isRecurrent(shape, block) ? shortConvolution(shape, block) : attention(shape, block);
		}

		case 'qwen35': {
			return isRecurrent(shape, block) ? deltaNet(shape, block) : attention(shape, block);
		}

		default: {
			return attention(shape, block);
		}
	}
}

function attention(shape: RandomModelShape, block: number): readonly RandomTensor[] {
	const {architecture, embeddingLength, headCount, headCountKv} = shape;
	const {matrix, vector, named} = makers(shape, block);
	const headLength = headLengthOf(shape);
	// The gate of its attention comes with the queries.
	const queries = headCount * headLength * (architecture === 'qwen35' ? 2 : 1);
	return [
		matrix(named('attn_q.weight'), embeddingLength, queries),
		matrix(named('attn_k.weight'), embeddingLength, headCountKv * headLength),
		matrix(named('attn_v.weight'), embeddingLength, headCountKv * headLength),
		matrix(named('attn_output.weight'), headCount * headLength, embeddingLength),
		...(architecture === 'llama' ? [] : [...vector(named('attn_q_norm.weight'), headLength), ...vector(named('attn_k_norm.weight'), headLength)]),
		...(architecture === 'gemma3' || architecture === 'qwen35' ? vector(named('post_attention_norm.weight'), embeddingLength) : []),
	];
}

function latentAttention(shape: RandomModelShape, block: number): readonly RandomTensor[] {
	const {embeddingLength, headCount} = shape;
	const {matrix, vector, named} = makers(shape, block);
	const {queryRank, keyValueRank, ropeLength, plainLength, valueLength} = latent;
	return [
		matrix(named('attn_q_a.weight'), embeddingLength, queryRank),
		...vector(named('attn_q_a_norm.weight'), queryRank),
		matrix(named('attn_q_b.weight'), queryRank, headCount * (plainLength + ropeLength)),
		matrix(named('attn_kv_a_mqa.weight'), embeddingLength, keyValueRank + ropeLength),
		...vector(named('attn_kv_a_norm.weight'), keyValueRank),
		// Too short for blocks of 256.
		{name: named('attn_k_b.weight'), dimensions: [plainLength, keyValueRank, headCount], type: 'F16'},
		{name: named('attn_v_b.weight'), dimensions: [keyValueRank, valueLength, headCount], type: 'F16'},
		matrix(named('attn_output.weight'), headCount * valueLength, embeddingLength),
	];
}

function shortConvolution(shape: RandomModelShape, block: number): readonly RandomTensor[] {
	const {embeddingLength} = shape;
	const {matrix, named} = makers(shape, block);
	return [
		{
			name: named('shortconv.conv.weight'), dimensions: [3, embeddingLength], type: 'F32', value: 0.3,
		},
		matrix(named('shortconv.in_proj.weight'), embeddingLength, 3 * embeddingLength),
		matrix(named('shortconv.out_proj.weight'), embeddingLength, embeddingLength),
	];
}

function deltaNet(shape: RandomModelShape, block: number): readonly RandomTensor[] {
	const {embeddingLength} = shape;
	const {matrix, vector, named} = makers(shape, block);
	const {convolution, innerLength, stateLength, timeStepRank, groupCount} = stateOf(shape);
	const mixed = innerLength + (2 * stateLength * groupCount);
	return [
		matrix(named('attn_qkv.weight'), embeddingLength, mixed),
		matrix(named('attn_gate.weight'), embeddingLength, innerLength),
		{
			name: named('ssm_conv1d.weight'), dimensions: [convolution, mixed], type: 'F32', value: 0.25,
		},
		...vector(named('ssm_dt.bias'), timeStepRank),
		{
			name: named('ssm_a'), dimensions: [timeStepRank], type: 'F32', value: -1,
		},
		{
			name: named('ssm_beta.weight'), dimensions: [embeddingLength, timeStepRank], type: 'F32', value: 0.01,
		},
		{
			name: named('ssm_alpha.weight'), dimensions: [embeddingLength, timeStepRank], type: 'F32', value: 0.01,
		},
		...vector(named('ssm_norm.weight'), stateLength),
		matrix(named('ssm_out.weight'), innerLength, embeddingLength),
		...vector(named('post_attention_norm.weight'), embeddingLength),
	];
}

function mamba(shape: RandomModelShape, block: number): readonly RandomTensor[] {
	const {embeddingLength} = shape;
	const {matrix, vector, named} = makers(shape, block);
	const {convolution, innerLength, stateLength, timeStepRank} = stateOf(shape);
	return [
		matrix(named('ssm_in.weight'), embeddingLength, 2 * innerLength),
		{
			name: named('ssm_conv1d.weight'), dimensions: [convolution, innerLength], type: 'F32', value: 0.25,
		},
		...vector(named('ssm_conv1d.bias'), innerLength),
		matrix(named('ssm_x.weight'), innerLength, timeStepRank + (2 * stateLength)),
		{
			name: named('ssm_dt.weight'), dimensions: [timeStepRank, innerLength], type: 'F32', value: 0.01,
		},
		...vector(named('ssm_dt.bias'), innerLength),
		{
			name: named('ssm_a'), dimensions: [stateLength, innerLength], type: 'F32', value: -1,
		},
		...vector(named('ssm_d'), innerLength),
		matrix(named('ssm_out.weight'), innerLength, embeddingLength),
	];
}

function feedForwardOf(shape: RandomModelShape, block: number): readonly RandomTensor[] {
	const {architecture, embeddingLength, feedForwardLength, experts} = shape;
	const {vector, named} = makers(shape, block);
	if (architecture === 'mamba') {
		return [];
	}

	// The first layer of this one is dense.
	const isMixture = experts !== undefined && (architecture !== 'deepseek2' || block > 0);
	return [
		...(architecture === 'qwen35' ? [] : vector(named('ffn_norm.weight'), embeddingLength)),
		...(isMixture ? mixture(shape, block) : dense(shape, block, {suffix: '', length: feedForwardLength})),
		...(isMixture && architecture === 'deepseek2' ? dense(shape, block, {suffix: '_shexp', length: experts.feedForwardLength}) : []),
		...(architecture === 'gemma3' ? [...vector(named('post_ffw_norm.weight'), embeddingLength)] : []),
		...(isMixture
			? [{
				name: named('ffn_gate_inp.weight'), dimensions: [embeddingLength, experts.count], type: 'F32', value: 0.01,
			} as const]
			: []),
	];
}

function dense(shape: RandomModelShape, block: number, {suffix, length}: {readonly suffix: string; readonly length: number}): readonly RandomTensor[] {
	const {matrix, named} = makers(shape, block);
	return [
		matrix(named(`ffn_gate${suffix}.weight`), shape.embeddingLength, length),
		matrix(named(`ffn_up${suffix}.weight`), shape.embeddingLength, length),
		matrix(named(`ffn_down${suffix}.weight`), length, shape.embeddingLength),
	];
}

function mixture({experts, embeddingLength, ...shape}: RandomModelShape, block: number): readonly RandomTensor[] {
	const {count, feedForwardLength} = experts!;
	const {matrix, named} = makers({embeddingLength, ...shape}, block);
	return [
		matrix(named('ffn_gate_exps.weight'), embeddingLength, feedForwardLength, count),
		matrix(named('ffn_up_exps.weight'), embeddingLength, feedForwardLength, count),
		matrix(named('ffn_down_exps.weight'), feedForwardLength, embeddingLength, count),
	];
}

function makers({type}: RandomModelShape, block = 0) {
	return {
		matrix: (name: string, ...dimensions: readonly number[]): RandomTensor => ({name, dimensions, type}),
		vector: (name: string, length: number): readonly RandomTensor[] => [{
			name, dimensions: [length], type: 'F32', value: 1,
		}],
		named: (name: string): string => `blk.${block}.${name}`,
	};
}
