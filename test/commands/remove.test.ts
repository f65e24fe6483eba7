import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {after, test} from 'node:test';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {errorSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

const small = 'hf:remuda/tinychat-2.6M-GGUF:Q2_K';
const other = 'hf:remuda/tinychat-2.6M-GGUF:Q4_K_M';
const hub = await startHub({repositories: [tinychatRepository()]});

after(async () => {
	await hub.close();
});

async function homeWithModels() {
	const home = await temporaryHome(hub);
	const {exitCode} = await invoke(['download', small, other, '--quiet'], home);
	assert.equal(exitCode, 0);
	return home;
}

void test('without a terminal, remove needs --yes', async () => {
	await using home = await homeWithModels();
	const refused = await invoke(['remove', small], home);
	assert.equal(refused.exitCode, 2);
	assert.match(refused.stderr, /--yes/v);
	assert.equal(await home.modelCount(), 2);

	const done = await invoke(['remove', small, '--yes', '--json'], home);
	assert.equal(done.exitCode, 0);
	assert.equal((JSON.parse(done.stdout) as {freed_bytes: number}).freed_bytes, 1_123_808);
	assert.deepEqual(await home.modelFiles(), ['huggingface/remuda/tinychat-2.6M-GGUF/tinychat-2.6M.Q4_K_M.gguf']);
});

void test('one that is not there leaves the others alone', async () => {
	await using home = await homeWithModels();
	const {exitCode, stderr} = await invoke(['remove', small, 'nothing', '--yes', '--json'], home);
	assert.equal(exitCode, 3);
	assert.equal(errorSchema.parse(jsonLines(stderr)[0]).error.code, 'model_not_installed');
	assert.equal(await home.modelCount(), 2);
});

void test('the starter cannot be removed', async () => {
	await using home = await temporaryHome();
	const {exitCode, stderr} = await invoke(['remove', 'starter', '--yes', '--json'], home);
	assert.equal(exitCode, 2);
	assert.equal(errorSchema.parse(jsonLines(stderr)[0]).error.code, 'starter_is_built_in');
});

const answers: ReadonlyArray<readonly [typed: string, exitCode: number, left: number]> = [
	['y\r', 0, 1],
	['n\r', 130, 2],
	['\r', 130, 2],
	// Ctrl-C and Ctrl-D are keys in raw mode.
	['\u{3}', 130, 2],
	['\u{4}', 130, 2],
];

for (const [typed, exitCode, left] of answers) {
	void test(`a terminal is asked: ${JSON.stringify(typed)} ends with ${exitCode}`, async () => {
		await using home = await homeWithModels();
		const stdin = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => undefined});
		const result = await invoke(['remove', small], {
			...home,
			stdin,
			terminalWidth: 80,
			onOutput(_stdout, stderr) {
				if (stderr.includes('[y/N]') && stdin.writableLength === 0 && !stdin.writableEnded) {
					stdin.end(typed);
				}
			},
		});
		assert.equal(result.exitCode, exitCode);
		assert.match(result.stderr, /Remove .*\(1\.12 MB\)\?/v);
		assert.equal(await home.modelCount(), left);
	});
}
