import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseModelReference} from '../../../source/services/references/parse-model-reference.js';
import {baseName, chooseModelId, slug} from '../../../source/services/sources/model-id.js';

test('an id is readable', () => {
	assert.equal(slug(`${baseName('Qwen/Qwen2.5-Coder-3B-Instruct-GGUF')}-Q4_K_M`), 'qwen2.5-coder-3b-instruct-q4_k_m');
	assert.equal(slug(`${baseName('mistralai/Devstral-Small-2507_gguf')}-UD-Q4_K_XL`), 'devstral-small-2507-ud-q4_k_xl');
	assert.equal(slug('模型 α'), 'model');
	assert.equal(slug('odd.gguf.gguf'), 'odd');
});

test('whatever it is made of, an id is safe as the name of a file and as a reference', () => {
	fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 300}), text => {
		assert.match(slug(text), /^[\da-z][\d\-._a-z]{0,99}$/v);
		assert.doesNotMatch(slug(text), /\.\./v);
		assert.deepEqual(parseModelReference(slug(`a${text}`)), {kind: 'id', id: slug(`a${text}`)});
	}));
});

test('an id that another model has gets the owner, and then a piece of a hash', async () => {
	const choose = async (taken: Readonly<Record<string, string>>) => chooseModelId({
		repository: 'unsloth/Model-GGUF',
		stem: 'Model-Q4_0',
		ref: 'hf:unsloth/Model-GGUF:Q4_0',
		referenceOf: async id => taken[id],
	});
	assert.equal(await choose({}), 'model-q4_0');
	assert.equal(await choose({'model-q4_0': 'hf:unsloth/Model-GGUF:Q4_0'}), 'model-q4_0');
	assert.equal(await choose({'model-q4_0': 'hf:bartowski/Model-GGUF:Q4_0'}), 'unsloth-model-q4_0');
	assert.match(await choose({'model-q4_0': 'hf:other/Model-GGUF:Q4_0', 'unsloth-model-q4_0': 'hf:other/unsloth-Model:Q4_0'}), /^unsloth-model-q4_0-[\da-f]{8}$/v);
});

test('no model of a repository gets the id of the starter model', async () => {
	const id = await chooseModelId({
		repository: 'o/r', stem: 'starter', ref: 'hf:o/r/starter.gguf', referenceOf: async () => undefined,
	});
	assert.equal(id, 'o-starter');
});
