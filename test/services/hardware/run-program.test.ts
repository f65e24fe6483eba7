import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {setTimeout} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {runProgram} from '../../../source/services/hardware/run-program.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

// eslint-disable-next-line @typescript-eslint/strict-void-return -- it is the types of Node that have execFile return a process
const run = promisify(execFile);

const isAlive = (processId: number): boolean => {
	try {
		process.kill(processId, 0);
		return true;
	} catch {
		return false;
	}
};

test('a program that still runs is killed when this process ends', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('pid');
	const source = pathToFileURL(path.resolve('source/services/hardware/run-program.ts')).href;
	const script = String.raw`
		import {existsSync, readFileSync} from 'node:fs';
		import {runProgram} from ${JSON.stringify(source)};
		void runProgram('/bin/sh', ['-c', 'echo $$ > "$0"; exec sleep 60', ${JSON.stringify(file)}], process.env).catch(() => undefined);
		const look = setInterval(() => {
			if (existsSync(${JSON.stringify(file)}) && readFileSync(${JSON.stringify(file)}, 'utf8').endsWith('\n')) {
				clearInterval(look);
				process.exit(0);
			}
		}, 5);
	`;
	await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
	const processId = Number(await readFile(file, 'utf8'));
	assert.ok(processId > 1);
	// The kernel takes a moment to clear it away.
	for (let tries = 0; isAlive(processId) && tries < 500; tries++) {
		await setTimeout(10); // eslint-disable-line no-await-in-loop -- One look after the other.
	}

	assert.equal(isAlive(processId), false);
});

test('nothing is left to be done at the end for programs that have ended', async () => {
	const before = process.listenerCount('exit');
	const outputs = await Promise.all(['one', 'two'].map(async word => runProgram('/bin/echo', [word], process.env)));
	assert.deepEqual(outputs, ['one\n', 'two\n']);
	assert.equal(process.listenerCount('exit'), before);
	await assert.rejects(runProgram('/bin/sh', ['-c', 'echo broken >&2; exit 3'], process.env), /it failed with 3: broken/v);
});
