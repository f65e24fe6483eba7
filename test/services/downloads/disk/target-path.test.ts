import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {targetPath, targetPaths} from '../../../../source/services/downloads/disk/target-path.js';
import {
	requestFor,
} from '../world.js';

const models = path.resolve('/home/someone/models');

type Refusal = {readonly message: string; readonly code: string};

function valueOrRefusal(run: () => string): string | Refusal {
	try {
		return run();
	} catch (error) {
		return error as Error & Refusal;
	}
}

function refusalOf(run: () => string): Refusal {
	const result = valueOrRefusal(run);
	return typeof result === 'string' ? {message: result, code: 'none'} : result;
}

test('a file goes below its repository', () => {
	assert.equal(targetPath(models, 'Qwen/Qwen2.5-GGUF', 'Q4_K_M/model-00001-of-00002.gguf'), path.join(models, 'huggingface/Qwen/Qwen2.5-GGUF/Q4_K_M/model-00001-of-00002.gguf'));
	assert.equal(targetPath(models, 'o/r', '日本語 🐎.gguf'), path.join(models, 'huggingface/o/r/日本語 🐎.gguf'));
});

test('hostile names are refused, and shown without what could harm a terminal', () => {
	const hostile = [
		'',
		'.',
		'..',
		'../x',
		'a/../../x',
		'a/..',
		'/etc/passwd',
		'//x',
		'a//b',
		'a/',
		'./a',
		String.raw`C:\x`,
		'c:x',
		String.raw`a\b`,
		String.raw`..\x`,
		'a\0b',
		'a\nb',
		'\u{1B}[2Jx',
		'x\u{202E}gpj.gguf',
		'CON',
		'nul.gguf',
		'com1',
		'Lpt9.txt',
		'a.',
		'a ',
		'x'.repeat(241),
		'é'.repeat(121),
		`${'a/'.repeat(600)}b`,
		'\u{D800}',
	];
	const errors = hostile.map(name => refusalOf(() => targetPath(models, 'o/r', name)));
	assert.deepEqual(errors.map(({code}) => code), hostile.map(() => 'unsafe_path'));
	assert.deepEqual(errors.filter(({message}) => /[\p{Bidi_Control}\p{Control}]/v.test(message) || message.length > 400), []);
	const repositories = ['', '..', '../x', 'a/b/c', '/a', 'a/', 'a/..', String.raw`a\b/c`];
	assert.deepEqual(repositories.map(repository => refusalOf(() => targetPath(models, repository, 'x.gguf')).code), repositories.map(() => 'unsafe_path'));
});

test('whatever the names are: the path is inside of the models folder or refused', () => {
	const piece = fc.oneof(fc.string({unit: 'binary', maxLength: 8}), fc.constantFrom('..', '.', '/', '\\', '\0', '~', 'a', 'con', ' '));
	const name = fc.array(piece, {maxLength: 6}).map(pieces => pieces.join(''));
	const outside = fc.check(fc.property(name, name, (repository, file) => {
		const target = valueOrRefusal(() => targetPath(models, repository, file));
		return typeof target === 'string'
			? target.startsWith(path.join(models, 'huggingface') + path.sep) && path.normalize(target) === target
			: target.code === 'unsafe_path';
	}));
	assert.equal(outside.counterexample, null);
});

test('two files that would meet on some file system are refused', async () => {
	const request = await requestFor({});
	const file = {sizeBytes: 1, role: 'model'} as const;
	assert.throws(() => targetPaths(models, {...request, files: [{...file, path: 'a.gguf'}, {...file, path: 'A.gguf'}]}), {code: 'unsafe_path'});
	assert.equal(targetPaths(models, {...request, files: [{...file, path: 'a.gguf'}, {...file, path: 'b.gguf'}]}).length, 2);
});
