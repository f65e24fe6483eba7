import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {UsageError} from '../../../source/errors/usage-error.js';
import {formatModelReference} from '../../../source/services/references/format-model-reference.js';
import {parseModelReference} from '../../../source/services/references/parse-model-reference.js';
import {type ModelReference} from '../../../source/types/model-reference.js';

const accepted: ReadonlyArray<readonly [string, ModelReference]> = [
	['qwen2.5-coder-3b-q4', {kind: 'id', id: 'qwen2.5-coder-3b-q4'}],
	['starter', {kind: 'starter'}],
	['starter-2', {kind: 'id', id: 'starter-2'}],
	['./model.gguf', {kind: 'file', path: './model.gguf'}],
	['../models/model.gguf', {kind: 'file', path: '../models/model.gguf'}],
	['/srv/models/日本語 model.gguf', {kind: 'file', path: '/srv/models/日本語 model.gguf'}],
	['~/model', {kind: 'file', path: '~/model'}],
	['model.GGUF', {kind: 'file', path: 'model.GGUF'}],
	['models/a:b.gguf', {kind: 'file', path: 'models/a:b.gguf'}],
	[String.raw`C:\models\a.gguf`, {kind: 'file', path: String.raw`C:\models\a.gguf`}],
	['hf:Qwen/Qwen2.5-Coder-3B-Instruct-GGUF', {kind: 'hugging-face', repository: 'Qwen/Qwen2.5-Coder-3B-Instruct-GGUF'}],
	['hf:Qwen/Q-GGUF:Q4_K_M', {kind: 'hugging-face', repository: 'Qwen/Q-GGUF', quantization: 'Q4_K_M'}],
	['hf:o/r@main:UD-Q4_K_XL', {
		kind: 'hugging-face', repository: 'o/r', revision: 'main', quantization: 'UD-Q4_K_XL',
	}],
	['hf:o/r@refs%2Fpr%2F1/a/b-00001-of-00002.gguf', {
		kind: 'hugging-face', repository: 'o/r', revision: 'refs/pr/1', filePath: 'a/b-00001-of-00002.gguf',
	}],
	['hf:o/r/odd:name@2 ü.gguf', {kind: 'hugging-face', repository: 'o/r', filePath: 'odd:name@2 ü.gguf'}],
	['hf:o/日本語モデル🦙-GGUF:Q8_0', {kind: 'hugging-face', repository: 'o/日本語モデル🦙-GGUF', quantization: 'Q8_0'}],
	['ollama:deepseek-coder:6.7b', {kind: 'ollama', name: 'deepseek-coder', tag: '6.7b'}],
	['ollama:someone/model', {kind: 'ollama', name: 'someone/model'}],
	['ms:Qwen/Qwen3-8B-GGUF:Q8_0', {kind: 'modelscope', repository: 'Qwen/Qwen3-8B-GGUF', quantization: 'Q8_0'}],
	['openai:gpt-6.1', {kind: 'provider', provider: 'openai', model: 'gpt-6.1'}],
	['anthropic:claude-opus-5-5', {kind: 'provider', provider: 'anthropic', model: 'claude-opus-5-5'}],
	['lm-studio:qwen/qwen3.gguf', {kind: 'provider', provider: 'lm-studio', model: 'qwen/qwen3.gguf'}],
	['openrouter:meta-llama/llama-3:free', {kind: 'provider', provider: 'openrouter', model: 'meta-llama/llama-3:free'}],
];

for (const [text, reference] of accepted) {
	test(`reads ${text} and writes it back as it was`, () => {
		assert.deepEqual(parseModelReference(text), reference);
		assert.equal(formatModelReference(reference), text);
	});
}

const refused: ReadonlyArray<readonly [string, RegExp]> = [
	['', /empty/v],
	['a b', /an id has/v],
	['.', /an id has/v],
	['Qwen/Qwen3-8B-GGUF:Q4_K_M', /written hf:Qwen\/Qwen3-8B-GGUF:Q4_K_M/v],
	['hf:', /OWNER\/REPO/v],
	['hf:gpt2', /OWNER\/REPO/v],
	['hf:../..', /OWNER\/REPO/v],
	['hf:o/r..x', /OWNER\/REPO/v],
	['hf:o/models--x', /OWNER\/REPO/v],
	['hf:o/.hidden', /OWNER\/REPO/v],
	[`hf:o/${'r'.repeat(97)}`, /OWNER\/REPO/v],
	['hf:o/r:', /quantization/v],
	['hf:o/r:Q4/K', /quantization/v],
	['hf:o/r@', /branch/v],
	['hf:o/r@%', /branch/v],
	['hf:o/r@..%2F..', /branch/v],
	['hf:o/r@%2Fetc', /branch/v],
	['hf:o/r/../../etc/passwd.gguf', /\.gguf file/v],
	['hf:o/r/a/./b.gguf', /\.gguf file/v],
	['hf:o/r//etc/x.gguf', /\.gguf file/v],
	[String.raw`hf:o/r/..\x.gguf`, /\.gguf file/v],
	['hf:o/r/model.safetensors', /\.gguf file/v],
	[`hf:o/r/${'a'.repeat(1100)}.gguf`, /too long/v],
	[`./${'a'.repeat(4096)}`, /too long/v],
	['./a\u{0}.gguf', /control characters/v],
	['hf:o/r\n:Q4', /control characters/v],
	['hf:o/r/a\u{202E}fugg.gguf', /invisible/v],
	['./a\u{D800}.gguf', /control characters/v],
	['HF:o', /OWNER\/REPO/v],
	['ollama:', /NAME:TAG/v],
	['ollama:a/../b', /NAME:TAG/v],
	['ollama:a:b:c', /NAME:TAG/v],
	['ollama:a:', /tag/v],
	['ms:Qwen', /OWNER\/REPO/v],
	['ms:Qwen/Q@main', /OWNER\/REPO/v],
	['openai:', /name of a model/v],
	['openai:a b', /name of a model/v],
	['OpenAI:gpt', /lower-case/v],
	['https://huggingface.co/o/r', /address/v],
];

const catchUsageError = (text: string): UsageError => {
	try {
		parseModelReference(text);
	} catch (error) {
		if (error instanceof UsageError) {
			return error;
		}

		throw error;
	}

	throw new Error(`${JSON.stringify(text)} was read`);
};

for (const [text, reason] of refused) {
	test(`refuses ${JSON.stringify(text.slice(0, 60))} (${text.length}) with the reason and the grammar`, () => {
		const error = catchUsageError(text);
		assert.equal(error.code, 'invalid_reference');
		assert.match(error.message, reason);
		assert.match(error.hint ?? '', /hf:OWNER\/REPO/v);
		assert.doesNotMatch(error.message, /[\p{Control}\p{Surrogate}]/v);
		assert.ok(error.message.length < 1400);
	});
}

for (const path of ['starter', 'folder/model', 'hf:o/r.gguf']) {
	test(`writes the bare path ${path} so that it is read as a path`, () => {
		const text = formatModelReference({kind: 'file', path});
		assert.deepEqual(parseModelReference(text), {kind: 'file', path: `./${path}`});
	});
}

const letters = (alphabet: string) => fc.constantFrom(...alphabet);
const name = fc.string({unit: letters('abQ019_.'), minLength: 1, maxLength: 9}).filter(text => /^[\dQa-z](?:.*[^.])?$/v.test(text) && !text.includes('..'));
const repository = fc.tuple(name, name).map(([owner, repo]) => `${owner}/${repo}`);
const revision = fc.array(name, {minLength: 1, maxLength: 3}).map(parts => parts.join('/'));
const folder = fc.string({unit: 'grapheme', minLength: 1, maxLength: 6}).filter(text => !/[\p{Other}\p{Separator}\/\\]/v.test(text) && text !== '.' && text !== '..');
const filePath = fc.tuple(fc.array(folder, {maxLength: 3}), name).map(([folders, file]) => [...folders, `${file}.gguf`].join('/'));
const knownSchemes = new Set(['hf', 'ms', 'ollama', 'http', 'https', 'file', 'ftp', 'data', 'javascript']);
const endpoint = fc.string({unit: letters('abhfms-_9'), minLength: 2, maxLength: 9}).filter(text => !knownSchemes.has(text) && /^[a-z]/v.test(text));
const providerModel = fc.string({unit: 'grapheme', minLength: 1, maxLength: 20}).filter(text => !/[\p{Other}\p{Separator}]/v.test(text));
const partial: {requiredKeys: Array<'kind' | 'repository'>; noNullPrototype: true} = {requiredKeys: ['kind', 'repository'], noNullPrototype: true};
const whole = {noNullPrototype: true} as const;
const kind = <Kind extends ModelReference['kind']>(text: Kind) => fc.constant(text);

const anyReference: fc.Arbitrary<ModelReference> = fc.oneof(
	fc.record({kind: kind('id'), id: name.filter(id => id !== 'starter' && !id.endsWith('.gguf'))}, whole),
	fc.record({kind: kind('starter')}, whole),
	fc.record({kind: kind('file'), path: filePath.map(path => `./${path}`)}, whole),
	fc.record({
		kind: kind('hugging-face'), repository, revision, quantization: name,
	}, partial),
	fc.record({
		kind: kind('hugging-face'), repository, revision, filePath,
	}, partial),
	fc.record({kind: kind('ollama'), name, tag: name}, {requiredKeys: ['kind', 'name'], noNullPrototype: true}),
	fc.record({kind: kind('modelscope'), repository, quantization: name}, partial),
	fc.record({kind: kind('provider'), provider: endpoint, model: providerModel}, whole),
);

test('any reference survives being written and read', () => {
	fc.assert(fc.property(anyReference, reference => {
		assert.deepEqual(parseModelReference(formatModelReference(reference)), reference);
	}), {numRuns: 2000});
});

const pieces = ['hf:', 'ms:', 'ollama:', 'a', 'B9', '/', ':', '@', '.', '..', '.gguf', '%2F', '%', '-', '\\', '\u{1B}[2J', ' ', 'é', '~'];
const anyText = fc.oneof(fc.array(fc.constantFrom(...pieces), {maxLength: 8}).map(parts => parts.join('')), fc.string({unit: 'binary', maxLength: 40}));

const readUnlessRefused = (text: string): ModelReference | undefined => {
	try {
		return parseModelReference(text);
	} catch (error) {
		if (error instanceof UsageError) {
			return undefined;
		}

		throw error;
	}
};

test('any text is either read, and then written to the same reference, or refused as wrong use', () => {
	fc.assert(fc.property(anyText, text => {
		const reference = readUnlessRefused(text);
		assert.deepEqual(reference && parseModelReference(formatModelReference(reference)), reference);
	}), {numRuns: 5000});
});
