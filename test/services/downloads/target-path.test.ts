import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {targetPath, targetPaths} from '../../../source/services/downloads/target-path.js';
import {requestFor} from './world.js';

const models = path.resolve('/home/someone/models');

test('a file goes below its repository', () => {
	assert.equal(targetPath(models, 'Qwen/Qwen2.5-GGUF', 'Q4_K_M/model-00001-of-00002.gguf'), path.join(models, 'huggingface/Qwen/Qwen2.5-GGUF/Q4_K_M/model-00001-of-00002.gguf'));
	assert.equal(targetPath(models, 'o/r', '日本語 🐎.gguf'), path.join(models, 'huggingface/o/r/日本語 🐎.gguf'));
});

test('hostile names are refused, and shown without what could harm a terminal', () => {
	const hostile = [
		'', '.', '..', '../x', 'a/../../x', 'a/..', '/etc/passwd', '//x', 'a//b', 'a/', './a', 'C:\\x', 'c:x', 'a\\b', '..\\x', 'a\0b', 'a\nb', '\u001B[2Jx', 'x\u202Egpj.gguf', 'CON', 'nul.gguf', 'com1', 'Lpt9.txt', 'a.', 'a ', 'x'.repeat(241), 'é'.repeat(121), `${'a/'.repeat(600)}b`, '\uD800',
	];
	for (const name of hostile) {
		assert.throws(() => targetPath(models, 'o/r', name), (error: Error & {code?: string}) => {
			assert.equal(error.code, 'unsafe_path');
			assert.doesNotMatch(error.message, /[\p{Cc}\p{Bidi_Control}]/v);
			assert.ok(error.message.length < 400);
			return true;
		}, JSON.stringify(name));
	}

	for (const repository of ['', '..', '../x', 'a/b/c', '/a', 'a/', 'a/..', 'a\\b/c']) {
		assert.throws(() => targetPath(models, repository, 'x.gguf'), {code: 'unsafe_path'}, JSON.stringify(repository));
	}
});

test('whatever the names are: the path is inside of the models folder or refused', () => {
	const piece = fc.oneof(fc.string({unit: 'binary', maxLength: 8}), fc.constantFrom('..', '.', '/', '\\', '\0', '~', 'a', 'con', ' '));
	const name = fc.array(piece, {maxLength: 6}).map(pieces => pieces.join(''));
	fc.assert(fc.property(name, name, (repository, file) => {
		try {
			const target = targetPath(models, repository, file);
			assert.ok(target.startsWith(path.join(models, 'huggingface') + path.sep));
			assert.equal(path.normalize(target), target);
		} catch (error) {
			assert.equal((error as {code?: string}).code, 'unsafe_path');
		}
	}));
});

test('two files that would meet on some file system are refused', async () => {
	const request = await requestFor({});
	const file = {sizeBytes: 1, role: 'model'} as const;
	assert.throws(() => targetPaths(models, {...request, files: [{...file, path: 'a.gguf'}, {...file, path: 'A.gguf'}]}), {code: 'unsafe_path'});
	assert.equal(targetPaths(models, {...request, files: [{...file, path: 'a.gguf'}, {...file, path: 'b.gguf'}]}).length, 2);
});
