import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {randomFillSync} from 'node:crypto';
import {readFile, writeFile} from 'node:fs/promises';
import {after, test} from 'node:test';
import {IntegrityError} from '../../../source/errors/integrity-error.js';
import {createEngine} from '../../../source/services/engine/create-engine.js';
import {
	engineSettings,
	greedy,
	installedModel,
	starterModelPath,
} from '../../helpers/starter-model.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const engine = createEngine({settings: () => engineSettings});
const never = new AbortController().signal;
const good = await readFile(starterModelPath);

after(engine.close);

/**
The starter model with the 32-bit number of a key replaced.
*/
function withNumber(key: string, value: number): Uint8Array {
	const bytes = Buffer.from(good);
	// A key is followed by the type of its value, then the value.
	bytes.writeUInt32LE(value, bytes.indexOf(key) + key.length + 4);
	return bytes;
}

function withText(text: string, replacement: string): Uint8Array {
	const bytes = Buffer.from(good);
	bytes.write(replacement, bytes.indexOf(text));
	return bytes;
}

const files: Record<string, readonly [bytes: Uint8Array, code: string]> = {
	'no heads': [withNumber('llama.attention.head_count', 0), 'broken_model'],
	'no blocks': [withNumber('llama.block_count', 0), 'broken_model'],
	'no feed-forward': [withNumber('llama.feed_forward_length', 0), 'broken_model'],
	'four thousand million blocks': [withNumber('llama.block_count', 0xFF_FF_FF_FF), 'broken_model'],
	'half of the file': [good.subarray(0, good.length / 2), 'broken_model'],
	'a file without its last byte': [good.subarray(0, -1), 'broken_model'],
	'half of the header': [good.subarray(0, 5000), 'broken_model'],
	'another magic': [withText('GGUF', 'GGML'), 'not_a_model'],
	'random bytes': [randomFillSync(Buffer.alloc(100_000)), 'not_a_model'],
	'an empty file': [Buffer.alloc(0), 'not_a_model'],
	'a web page': [Buffer.from('<!DOCTYPE html><html><body>Please log in</body></html>'), 'not_a_model'],
};

for (const [name, [bytes, code]] of Object.entries(files)) {
	test(`${name} is refused before the engine sees it`, async () => {
		await using folder = await temporaryFolder();
		const path = folder.join('model.gguf');
		await writeFile(path, bytes);
		await assert.rejects(engine.load(installedModel(path), {signal: never}), error => error instanceof IntegrityError && error.code === code && error.hint !== undefined);
		assert.equal(engine.loaded(), undefined);
	});
}

test('what only llama.cpp finds wrong becomes an error too, and a good model loads after it', async () => {
	await using folder = await temporaryFolder();
	const [missing, unknown] = [folder.join('missing.gguf'), folder.join('unknown.gguf')];
	// One tensor goes by another name; the file is well formed.
	await writeFile(missing, withText('blk.2.attn_q.weight', 'blk.2.attn_x.weight'));
	await writeFile(unknown, Buffer.from(good.toString('latin1').replaceAll('llama', 'lluma'), 'latin1'));
	await assert.rejects(engine.load(installedModel(missing), {signal: never}), {code: 'broken_model', message: /attn_q/v});
	await assert.rejects(engine.load(installedModel(unknown), {signal: never}), {code: 'unsupported_model', message: /lluma/v});
	await engine.load(installedModel(), {signal: never});
	const {text} = await engine.generate({messages: [{role: 'user', content: 'What is the capital of France?'}], sampling: greedy}, {signal: never});
	assert.match(text, /Paris/v);
});

test('a context that no memory holds is refused', async () => {
	await using folder = await temporaryFolder();
	const path = folder.join('model.gguf');
	await writeFile(path, withNumber('llama.context_length', 1_000_000_000));
	await assert.rejects(engine.load(installedModel(path), {signal: never, plan: {contextSize: 900_000_000}}), {code: 'out_of_memory', exitCode: 7});
});

test('a file that is not there is said to be missing', async () => {
	await assert.rejects(engine.load(installedModel('/nowhere/model.gguf'), {signal: never}), {code: 'file_not_found'});
});
