import {type Entry} from '../../services/formats/gguf/build-gguf.js';
import {
	headLengthOf,
	isRecurrent,
	latent,
	stateOf,
} from './tensors.js';
import {type RandomModelShape} from './shape.js';
import {vocabularyOf} from './vocabulary.js';

const fileTypes = {F16: 1, Q8_0: 7, Q4_K: 15} as const;

const chatTemplate = String.raw`{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`;

/**
What the file says of the model: its shape, its tokens, its chat template.
*/
export function metadataOf(shape: RandomModelShape): readonly Entry[] {
	const {architecture, blockCount, embeddingLength, feedForwardLength, contextLength} = shape;
	const {tokens, types, merges, endOfText, endOfTurn} = vocabularyOf(shape.vocabularySize);
	return [
		['general.architecture', 'string', architecture],
		['general.type', 'string', 'model'],
		['general.name', 'string', `random ${architecture}`],
		['general.file_type', 'uint32', fileTypes[shape.type]],
		['general.quantization_version', 'uint32', 2],
		count(shape, 'block_count', blockCount),
		count(shape, 'context_length', contextLength),
		count(shape, 'embedding_length', embeddingLength),
		count(shape, 'feed_forward_length', architecture === 'mamba' ? 0 : feedForwardLength),
		count(shape, 'vocab_size', tokens.length),
		[`${architecture}.attention.layer_norm_rms_epsilon`, 'float32', 1e-5],
		...attentionOf(shape),
		...expertsOf(shape),
		...stateKeysOf(shape),
		['tokenizer.ggml.model', 'string', 'gpt2'],
		['tokenizer.ggml.pre', 'string', 'gpt-2'],
		['tokenizer.ggml.tokens', 'array', {elementType: 'string', values: tokens}],
		['tokenizer.ggml.token_type', 'array', {elementType: 'int32', values: types}],
		['tokenizer.ggml.merges', 'array', {elementType: 'string', values: merges}],
		['tokenizer.ggml.bos_token_id', 'uint32', endOfText],
		['tokenizer.ggml.eos_token_id', 'uint32', endOfTurn],
		['tokenizer.ggml.add_bos_token', 'bool', false],
		['tokenizer.chat_template', 'string', chatTemplate],
	];
}

function attentionOf(shape: RandomModelShape): readonly Entry[] {
	const {architecture, headCount, headCountKv, slidingWindow} = shape;
	if (architecture === 'mamba') {
		return [count(shape, 'attention.head_count', 0)];
	}

	const {keyValueRank, queryRank, ropeLength, plainLength, valueLength} = latent;
	const isLatent = architecture === 'deepseek2';
	const headLength = headLengthOf(shape);
	return [
		count(shape, 'attention.head_count', headCount),
		architecture === 'lfm2'
			? [`${architecture}.attention.head_count_kv`, 'array', {elementType: 'int32', values: Array.from({length: shape.blockCount}, (_, block) => isRecurrent(shape, block) ? 0 : headCountKv)}]
			: count(shape, 'attention.head_count_kv', isLatent ? 1 : headCountKv),
		count(shape, 'attention.key_length', isLatent ? keyValueRank + ropeLength : headLength),
		count(shape, 'attention.value_length', isLatent ? keyValueRank : headLength),
		count(shape, 'rope.dimension_count', isLatent ? ropeLength : headLength),
		[`${architecture}.rope.freq_base`, 'float32', 10_000],
		...(isLatent
			? [
				count(shape, 'attention.q_lora_rank', queryRank),
				count(shape, 'attention.kv_lora_rank', keyValueRank),
				count(shape, 'attention.key_length_mla', plainLength + ropeLength),
				count(shape, 'attention.value_length_mla', valueLength),
			]
			: []),
		...(slidingWindow === undefined ? [] : [count(shape, 'attention.sliding_window', slidingWindow)]),
		...(architecture === 'qwen35'
			? [
				[`${architecture}.rope.dimension_sections`, 'array', {elementType: 'int32', values: [headLength / 8, headLength / 8, headLength / 4, 0]}] as const,
				count(shape, 'full_attention_interval', 4),
			]
			: []),
	];
}

function expertsOf(shape: RandomModelShape): readonly Entry[] {
	const {experts, architecture} = shape;
	return experts === undefined
		? []
		: [
			count(shape, 'expert_count', experts.count),
			count(shape, 'expert_used_count', experts.usedCount),
			count(shape, 'expert_feed_forward_length', experts.feedForwardLength),
			...(architecture === 'deepseek2' ? [count(shape, 'expert_shared_count', 1), count(shape, 'leading_dense_block_count', 1)] : []),
		];
}

function stateKeysOf(shape: RandomModelShape): readonly Entry[] {
	if (shape.architecture === 'lfm2') {
		return [count(shape, 'shortconv.l_cache', 3)];
	}

	if (shape.architecture !== 'mamba' && shape.architecture !== 'qwen35') {
		return [];
	}

	const {convolution, innerLength, stateLength, timeStepRank, groupCount} = stateOf(shape);
	return [
		count(shape, 'ssm.conv_kernel', convolution),
		count(shape, 'ssm.inner_size', innerLength),
		count(shape, 'ssm.state_size', stateLength),
		count(shape, 'ssm.time_step_rank', timeStepRank),
		...(groupCount > 0 ? [count(shape, 'ssm.group_count', groupCount)] : []),
	];
}

function count({architecture}: RandomModelShape, key: string, value: number): Entry {
	return [`${architecture}.${key}`, 'uint32', value];
}
