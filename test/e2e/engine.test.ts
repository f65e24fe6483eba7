import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdir, writeFile} from 'node:fs/promises';
import process from 'node:process';
import {test} from 'node:test';
import {isRunning, until} from '../helpers/processes.js';
import {type PtyProgram} from '../helpers/pty.js';
import {writeBabbler} from '../helpers/random-model/babbler.js';
import {temporaryFolder} from '../helpers/temporary-folder.js';
import {startRemuda} from './start-remuda.js';

/**
The processes of the engine below an app, parents before children: the sandbox, where there is one, and the host, which is the last. An app also starts other programs, to ask what the machine has; those are left out.
*/
function engineProcessesOf(appId: number): readonly number[] {
	const {stdout} = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], {encoding: 'utf8'});
	const all = stdout.trim().split('\n').map(line => {
		const [processId, parentId, ...words] = line.trim().split(/\s+/v);
		return {processId: Number(processId), parentId: Number(parentId), command: words.join(' ')};
	});
	const below = (parent: number): typeof all => all.filter(({parentId}) => parentId === parent).flatMap(child => [child, ...below(child.processId)]);
	return below(appId).filter(({command}) => command.includes('engine-host')).map(({processId}) => processId);
}

/**
Opens the chat and has the starter model answer; the processes of its engine, the host last.
*/
async function answerOnce(app: PtyProgram): Promise<readonly number[]> {
	app.press('5');
	await app.waitFor('Ask something');
	app.type('What is the capital of France?');
	app.press('Enter');
	await app.waitFor('The capital of France is Paris.');
	await app.waitFor(/tokens\/s/v);
	const processes = engineProcessesOf(app.pid);
	assert.ok(processes.length > 0);
	return processes;
}

test('an engine that is killed while it answers becomes an error on the screen, and the next question is answered', async () => {
	await using folder = await temporaryFolder();
	const model = folder.join('babbler.gguf');
	await writeBabbler(model);
	await mkdir(folder.join('.remuda'));
	await writeFile(folder.join('.remuda/config.json'), JSON.stringify({chat: {default_model: model}}));
	await using app = startRemuda({home: folder.path});
	app.press('5');
	await app.waitFor('Ask something');
	app.type('Say something.');
	app.press('Enter');
	// It talks for seconds.
	await app.waitFor(/\d tokens/v);
	process.kill(engineProcessesOf(app.pid).at(-1)!, 'SIGKILL');
	await app.waitFor(/! .*engine/iv);
	app.type('And now?');
	app.press('Enter');
	await app.waitFor('Esc stop');
	await app.waitFor(/\d tokens/v);
	app.press('Ctrl+C');
	await app.waitFor('Enter send');
	app.press('Ctrl+C');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
});

for (const [name, signal, end] of [
	['is killed', 'SIGKILL', (app: PtyProgram) => {
		app.signal('SIGKILL');
	}],
	['loses its terminal while the engine hangs', 'SIGHUP', (app: PtyProgram, host: number) => {
		process.kill(host, 'SIGSTOP');
		app.type('What is the capital of Spain?');
		app.press('Enter');
		app.hangUp();
	}],
] as const) {
	test(`no engine outlives an app that ${name}`, async () => {
		await using folder = await temporaryFolder();
		await using app = startRemuda({home: folder.path});
		const processes = await answerOnce(app);
		end(app, processes.at(-1)!);
		assert.deepEqual(await app.waitForExit(), {code: 0, signal});
		await until(() => processes.every(processId => !isRunning(processId)));
	});
}
