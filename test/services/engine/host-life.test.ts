// The whole app as a process of its own: what it prints, and what is left when it dies.
import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {isRunning, until} from '../../helpers/processes.js';

const app = fileURLToPath(new URL('../../fixtures/engine-app.ts', import.meta.url));

function startApp(sandbox: 'auto' | 'off'): ChildProcess {
	return spawn(process.execPath, ['--import', 'tsx', app, sandbox], {
		// In debug mode llama.cpp would print to stderr.
		env: {...process.env, NODE_LLAMA_CPP_DEBUG: 'true'},
		stdio: ['pipe', 'pipe', 'pipe'],
	});
}

for (const sandbox of ['auto', 'off'] as const) {
	test(`nothing but the app prints, and the host dies with it (sandbox ${sandbox})`, async () => {
		const child = startApp(sandbox);
		const printed = Promise.all([text(child.stdout!), text(child.stderr!)]);
		const [line] = await once(child.stdout!, 'data') as [Uint8Array];
		const {processId, answer} = JSON.parse(String(line)) as {readonly processId: number; readonly answer: string};
		assert.match(answer, /Paris/v);
		assert.equal(isRunning(processId), true);
		child.kill('SIGKILL');
		await until(() => !isRunning(processId));
		assert.deepEqual(await printed, [String(line), '']);
	});
}
