import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {test} from 'node:test';
import {startInPty} from '../helpers/pty.js';
import {temporaryFolder} from '../helpers/temporary-folder.js';

const root = path.resolve(import.meta.dirname, '../..');
const demo = ['--import', 'tsx', 'scripts/demo.ts'];

async function leftoverHomes(folder: string): Promise<readonly string[]> {
	const names = await readdir(folder);
	return names.filter(name => name.startsWith('remuda-demo-'));
}

type Ended = {readonly code: ChildProcess['exitCode']; readonly stdout: string; readonly stderr: string};

async function runDemo(folder: string, ...programArguments: readonly string[]): Promise<Ended> {
	const child = spawn(process.execPath, [...demo, ...programArguments], {cwd: root, env: {...process.env, TMPDIR: folder}});
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	return {code: child.exitCode, stdout, stderr};
}

test('a command of the demo asks the demo\'s hub, and its home goes away', async () => {
	await using folder = await temporaryFolder();
	const {code, stdout} = await runDemo(folder.path, 'search', 'qwen2.5-coder-3b', '--json');
	assert.equal(code, 0);
	assert.match(stdout, /Qwen\/Qwen2\.5-Coder-3B-Instruct-GGUF/v);
	assert.deepEqual(await leftoverHomes(folder.path), []);
});

test('what is only described cannot be downloaded, which is said, and the exit code is handed on', async () => {
	await using folder = await temporaryFolder();
	const {code, stderr} = await runDemo(folder.path, 'download', 'qwen2.5-coder-3b-q4', '--accept-license', '--json');
	assert.equal(code, 8);
	assert.match(stderr, /This demo serves only the tinychat models/v);
	assert.deepEqual(await leftoverHomes(folder.path), []);
});

test('the demo opens the app, ends with it on SIGTERM, and leaves terminal and disk as they were', async () => {
	await using folder = await temporaryFolder();
	await using app = startInPty([process.execPath, ...demo], {
		columns: 100, rows: 30, cwd: root, env: {TMPDIR: folder.path},
	});
	await app.waitFor(/models of the registry/v);
	app.signal('SIGTERM');
	assert.deepEqual(await app.waitForExit(), {code: 143, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
	assert.deepEqual(await leftoverHomes(folder.path), []);
});
