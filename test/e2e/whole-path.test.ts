import assert from 'node:assert/strict';
import {readdir} from 'node:fs/promises';
import {test} from 'node:test';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {startRemuda} from './start-remuda.js';
import {temporaryUserHome} from './user-home.js';

test('find, download, keep, ask, measure, remove, quit', async () => {
	await using folder = await temporaryUserHome();
	await using hub = await startHub({repositories: [tinychatRepository()], bytesPerSecond: 4_000_000});
	await using app = startRemuda({home: folder.path, hub: hub.url});

	// Browse: search as one types, look at the variants, download one.
	await app.waitFor('Qwen2.5 Coder', {deadline: 20_000});
	app.press('/');
	app.type('tinychat');
	await app.waitFor('remuda/tinychat-2.6M-GGUF');
	app.press('Enter');
	await app.waitFor(/› {0,8}remuda\/tiny/v);
	app.press('Enter');
	await app.waitFor(/› {0,8}Q8_0/v);
	app.press('Up');
	await app.waitFor(/› {0,8}Q4_/v);
	app.press('d');
	await app.waitFor(/Queued/v);

	// Downloads: it runs and completes.
	app.press('2');
	await app.waitFor(/› tinychat-2.* completed/v, {deadline: 20_000});

	// Cache: it is there.
	app.press('3');
	await app.waitFor(/tinychat-2\.6m.*q4_k_m/iv);

	// Chat: choose it, ask, read.
	app.press('5');
	await app.waitFor('Ask something');
	app.press('Escape');
	await app.waitFor('i to write');
	app.press('m');
	await app.waitFor('Which model shall answer?');
	app.press('Down', 'Enter');
	await app.waitFor('Ask something');
	app.type('What is the capital of France?');
	app.press('Enter');
	await app.waitFor('The capital of France is Paris.', {deadline: 30_000});
	await app.waitFor(/tokens\/s/v);

	// Bench: measure the starter model.
	app.press('Escape');
	await app.waitFor('i to write');
	app.press('6');
	await app.waitFor('model to measure');
	app.press('t');
	await app.waitFor('How to measure');
	app.press('Ctrl+U');
	app.type('iterations 1 prompt_tokens 16 generated_tokens 8');
	app.press('Enter');
	await app.waitFor('iterations 1 prompt_tokens 16');
	app.press('Enter');
	await app.waitFor(/\d t\/s/v, {deadline: 30_000});

	// Cache: remove it again.
	app.press('3');
	await app.waitFor(/tinychat-2\.6m.*q4_k_m/iv);
	app.press('G', 'x');
	await app.waitFor(/Enter remove/v);
	app.press('Enter');
	await app.waitFor(() => !/tinychat-2\.6m.*q4_k_m/iv.test(app.screen().join('\n')));
	const left = await readdir(folder.join('.remuda/models'), {recursive: true, withFileTypes: true});
	assert.deepEqual(left.filter(entry => entry.isFile()).map(entry => entry.name), []);

	app.press('q');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
	hub.assertNoTokenAtCdn();
});
