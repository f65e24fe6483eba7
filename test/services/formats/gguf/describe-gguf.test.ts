import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {IntegrityError} from '../../../../source/errors/integrity-error.js';
import {architectureOf} from '../../../../source/services/formats/gguf/architecture-of.js';
import {assertLoadable} from '../../../../source/services/formats/gguf/assert-loadable.js';
import {describeGguf} from '../../../../source/services/formats/gguf/describe-gguf.js';
import {type GgufHeader, type GgufValue} from '../../../../source/services/formats/gguf/gguf-header.js';
import {readGgufHeader} from '../../../../source/services/formats/gguf/read-gguf-header.js';

const {signal} = new AbortController();
const starter = async (quantization: string) => readGgufHeader(path.resolve(`starter-model/tinychat-2.6M.${quantization}.gguf`), {signal});
const starterHeader = await starter('Q8_0');

const withMetadata = (changes: Readonly<Record<string, GgufValue | undefined>>, header: GgufHeader = starterHeader): GgufHeader => {
	const metadata = new Map(header.metadata);
	for (const [key, value] of Object.entries(changes)) {
		if (value === undefined) {
			metadata.delete(key);
		} else {
			metadata.set(key, value);
		}
	}

	return {...header, metadata};
};

const list = (values: ReadonlyArray<number | boolean>): GgufValue => ({
	kind: 'array', elementType: 'int32', length: values.length, values,
});

for (const [quantization, weightBytes] of [['F16', 5_252_096], ['Q8_0', 2_794_496], ['Q4_K_M', 1_635_840], ['Q2_K', 1_091_584]] as const) {
	test(`the starter model in ${quantization} is described`, async () => {
		const {chatTemplate, ...description} = describeGguf(await starter(quantization));
		assert.match(chatTemplate ?? '', /im_start/v);
		assert.deepEqual(description, {
			name: 'tinychat 2.6M',
			license: 'cc0-1.0',
			architecture: {
				name: 'llama',
				blockCount: 4,
				embeddingLength: 256,
				headCount: 8,
				headCountKv: 4,
				keyLength: 32,
				valueLength: 32,
				feedForwardLength: 512,
				vocabularySize: 1024,
			},
			parameters: 2_623_744,
			quantization,
			contextLength: 1024,
			weightBytes,
		});
	});
}

test('a description never throws, cleans what a terminal shows, and names the commonest type where the file does not', () => {
	const {architecture, name, quantization, shard} = describeGguf(withMetadata({
		'general.name': '\u{1B}[31mred\n\u{202E}name', 'general.file_type': undefined, 'general.architecture': undefined, 'split.count': 3, 'split.no': 1,
	}));
	assert.equal(architecture, undefined);
	assert.equal(name, 'red name');
	assert.equal(quantization, 'Q8_0');
	assert.deepEqual(shard, {number: 2, count: 3});
});

test('a guessed file type is named like a sure one, and an unknown one is not named', () => {
	assert.equal(describeGguf(withMetadata({'general.file_type': 1024 + 15})).quantization, 'Q4_K_M');
	assert.equal(describeGguf(withMetadata({'general.file_type': 99})).quantization, 'Q8_0');
});

test('heads, keys and values follow from the embedding where the file does not say', () => {
	const {headCountKv, keyLength, valueLength} = architectureOf(withMetadata({
		'llama.attention.head_count_kv': undefined,
		'llama.attention.key_length': undefined,
		'llama.attention.value_length': undefined,
	}));
	assert.deepEqual([headCountKv, keyLength, valueLength], [8, 32, 32]);
});

test('one count of heads for each block, hybrids, sliding windows and latent attention are read', () => {
	const architecture = architectureOf(withMetadata({
		'llama.attention.head_count_kv': list([4, 0, 4, 0]),
		'llama.full_attention_interval': 2,
		'llama.attention.sliding_window': 512,
		'llama.attention.sliding_window_pattern': list([true, true, true, false]),
		'llama.attention.key_length_swa': 16,
		'llama.attention.key_length_mla': 24,
	}));
	assert.deepEqual(architecture.headCountKv, [4, 0, 4, 0]);
	assert.equal(architecture.attentionBlockCount, 2);
	assert.deepEqual(architecture.slidingPattern, [true, true, true, false]);
	assert.equal(architecture.slidingKeyLength, 16);
	assert.equal(architecture.valueLength, 0);
});

test('where the file does not say which blocks slide, the architecture does', () => {
	const gemma = (changes: Readonly<Record<string, GgufValue>>) => architectureOf(withMetadata({
		'general.architecture': 'gemma3', 'gemma3.block_count': 26, 'gemma3.embedding_length': 1152, 'gemma3.attention.head_count': 4, ...changes,
	})).slidingPattern;
	assert.equal(gemma({'gemma3.attention.sliding_window': 512}), 6);
	assert.equal(gemma({'gemma3.attention.sliding_window': 512, 'gemma3.attention.sliding_window_pattern': 2}), 2);
	assert.equal(gemma({}), undefined);
	assert.equal(architectureOf(withMetadata({'llama.attention.sliding_window': 512})).slidingPattern, undefined);
});

test('blocks that share the cache of others are not counted', () => {
	assert.equal(architectureOf(withMetadata({'llama.attention.shared_kv_layers': 1})).attentionBlockCount, 3);
});

test('an architecture without its keys is refused', () => {
	assert.throws(() => architectureOf(withMetadata({'general.architecture': undefined})), /general\.architecture is missing/v);
	assert.throws(() => architectureOf(withMetadata({'llama.block_count': undefined})), /llama\.block_count” is missing/v);
});

test('the starter model can be loaded in all its quantizations', async () => {
	const headers = await Promise.all(['F16', 'Q8_0', 'Q4_K_M', 'Q2_K'].map(async quantization => starter(quantization)));
	assert.deepEqual(headers.map(header => assertLoadable(header).name), ['llama', 'llama', 'llama', 'llama']);
});

const loadable: ReadonlyArray<readonly [what: string, changes: Readonly<Record<string, GgufValue | undefined>>]> = [
	['is a mixture of experts without a feed-forward length', {'llama.feed_forward_length': undefined, 'llama.expert_count': 8, 'llama.expert_used_count': 2}],
	['has blocks without attention', {'llama.attention.head_count_kv': list([4, 0, 4, 0])}],
	['has a padding token that it does not know, which llama.cpp forgives', {'tokenizer.ggml.padding_token_id': 151_654}],
	['is the first of several files', {'split.no': 0, 'split.count': 3}],
	['is recurrent beside its attention', {'llama.ssm.state_size': 16}],
	['is recurrent', {'llama.ssm.state_size': 16, 'llama.attention.head_count': 0}],
];

for (const [what, changes] of loadable) {
	test(`a model that ${what} can be loaded`, () => {
		assert.equal(assertLoadable(withMetadata(changes)).name, 'llama');
	});
}

const tokens = (length: number, elementType: 'string' | 'int32' = 'string'): GgufValue => ({kind: 'array', elementType, length});

const refused: ReadonlyArray<readonly [what: string, changes: Readonly<Record<string, GgufValue | undefined>>, message: RegExp]> = [
	['no head', {'llama.attention.head_count': 0}, /head_count is not/v],
	['half a head', {'llama.attention.head_count': 7.5}, /head_count is not/v],
	['no key-value head', {'llama.attention.head_count_kv': 0}, /head_count_kv/v],
	['key-value heads that do not divide the heads', {'llama.attention.head_count_kv': 3}, /head_count_kv does not divide/v],
	['heads that do not divide the embedding', {'llama.attention.head_count': 12, 'llama.attention.key_length': undefined}, /does not divide embedding_length/v],
	['heads for other blocks', {'llama.attention.head_count_kv': list([4, 4])}, /head counts/v],
	['no block', {'llama.block_count': 0}, /block_count is 0/v],
	['513 blocks', {'llama.block_count': 513}, /block_count is 513/v],
	['no width', {'llama.embedding_length': 0}, /embedding_length is 0/v],
	['no feed-forward layer', {'llama.feed_forward_length': 0}, /feed_forward_length is 0/v],
	['a context of 0', {'llama.context_length': 0}, /context_length is 0/v],
	['a context of 2³¹', {'llama.context_length': 2 ** 31}, /context_length is 2147483648/v],
	['keys of no length', {'llama.attention.key_length': 0}, /key_length is 0/v],
	['a rope base that is not a number', {'llama.rope.freq_base': NaN}, /rope\.freq_base” is not a finite number/v],
	['an infinite rope scale', {'llama.rope.scaling.factor': Infinity}, /finite/v],
	['a norm that is not a number', {'llama.attention.layer_norm_rms_epsilon': NaN}, /finite/v],
	['more experts in use than there are', {'llama.expert_count': 4, 'llama.expert_used_count': 5}, /expert_used_count is 5 of 4/v],
	['experts of which none is used', {'llama.expert_count': 4, 'llama.expert_used_count': 0}, /expert_used_count is 0 of 4/v],
	['1,025 experts', {'llama.expert_count': 1025, 'llama.expert_used_count': 1}, /expert_count is 1025/v],
	['no tokenizer', {'tokenizer.ggml.model': undefined}, /tokenizer\.ggml\.model/v],
	['tokens that are numbers', {'tokenizer.ggml.tokens': tokens(1024, 'int32')}, /not a list of tokens/v],
	['no tokens', {'tokenizer.ggml.tokens': tokens(0)}, /not a list of tokens/v],
	['more tokens than it embeds', {'tokenizer.ggml.tokens': tokens(2000), 'tokenizer.ggml.token_type': undefined}, /embeds 1024 tokens and names 2000/v],
	['token types for other tokens', {'tokenizer.ggml.token_type': tokens(1000, 'int32')}, /token_type/v],
	['merges that are numbers', {'tokenizer.ggml.merges': tokens(10, 'int32')}, /merges/v],
	['a feed-forward layer narrower than a block', {'llama.feed_forward_length': 31}, /feed_forward_length makes rows of 31 elements in blk\.0\.ffn_down\.weight, which Q8_0 cannot hold/v],
	['a negative norm', {'llama.attention.layer_norm_rms_epsilon': -1}, /layer_norm_rms_epsilon” is negative/v],
	['heads narrower than a block', {'llama.attention.head_count': 1, 'llama.attention.head_count_kv': 1, 'llama.attention.key_length': 16}, /key_length makes rows of 16 elements/v],
];

for (const [what, changes, message] of refused) {
	test(`a model with ${what} is refused before it is loaded`, () => {
		assert.throws(() => assertLoadable(withMetadata(changes)), (error: unknown) => error instanceof IntegrityError && error.code === 'broken_model' && message.test(error.message));
	});
}

for (const [what, changes] of [
	['an image part', {'general.architecture': 'clip'}],
	['an adapter', {'general.type': 'adapter'}],
	['a later part of several files', {'split.no': 2, 'split.count': 3}],
] as const) {
	test(`${what} is refused as not supported`, () => {
		assert.throws(() => assertLoadable(withMetadata(changes)), {name: 'IntegrityError', code: 'unsupported_model'});
	});
}

test('a model without tensors is refused', () => {
	assert.throws(() => assertLoadable({...starterHeader, tensors: []}), /no tensors/v);
});
