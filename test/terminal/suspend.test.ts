import assert from 'node:assert/strict';
import process from 'node:process';
import {spawnSync} from 'node:child_process';
import {test} from 'node:test';
import {startInPty, type PtyProgram} from '../helpers/pty.js';

const command = [process.execPath, '--import', 'tsx', 'test/fixtures/example-app.tsx'];
const drawn = /model-000[\s\S]*q quit/v;
const prompt = 'prompt>';

/**
The app as a job of a shell: only that can stop and continue it.
*/
async function openInShell(arguments_: readonly string[] = []): Promise<{shell: PtyProgram; pid: number}> {
	const shell = startInPty(['bash', '--norc', '--noprofile', '-i'], {env: Object.fromEntries([['PS1', prompt], ['HISTFILE', '/dev/null'], ['BASH_SILENCE_DEPRECATION_WARNING', '1']])});
	await shell.waitFor(prompt);
	// The shell's own use of it would be mistaken for ours.
	shell.type('bind "set enable-bracketed-paste off"; clear\r');
	await shell.waitFor(/^prompt>\s*$/v);
	shell.type(`${[...command, ...arguments_].join(' ')}\r`);
	await shell.waitFor(drawn);
	const pid = Number(spawnSync('pgrep', ['-P', String(shell.pid)], {encoding: 'utf8'}).stdout.trim());
	return {shell, pid};
}

/**
The job is stopped, the shell works on a clean terminal.
*/
async function assertStopped(shell: PtyProgram): Promise<void> {
	await shell.waitFor(/Stopped[\s\S]*prompt>\s*$/v);
	assert.deepEqual(shell.leftoverModes(), []);
	shell.type('echo $((6 * 7))\r');
	await shell.waitFor(/^42$/mv);
}

async function assertBack(shell: PtyProgram, columns = 80, rows = 24): Promise<void> {
	await shell.waitFor(() => shell.screen()[0] === `Example  1 browse  2 downloads  presses 0  ${columns}×${rows}` && shell.screen().at(-1) === 'j down  k up  q quit');
	assert.ok(!shell.text().includes(prompt));
	assert.ok(shell.leftoverModes().includes('hidden cursor'));
	shell.press('j');
	await shell.waitFor('Details of model-001');
	shell.press('k');
	await shell.waitFor('Details of model-000');
}

async function quit(shell: PtyProgram): Promise<string[]> {
	shell.press('q');
	await shell.waitFor(/all settled\nprompt>\s*$/v);
	return shell.leftoverModes();
}

for (const option of [[], ['--primary-screen'], ['--plain-output']]) {
	test(`Ctrl-Z gives the terminal to the shell, fg brings the app back ${option.join(' ')}`, async () => {
		const {shell} = await openInShell(option);
		await using _ = shell;
		shell.press('Ctrl+Z');
		await assertStopped(shell);
		shell.type('fg\r');
		await assertBack(shell);
		assert.deepEqual(await quit(shell), []);
	});
}

test('the window may change its size while the app is stopped', async () => {
	const {shell} = await openInShell();
	await using _ = shell;
	shell.press('Ctrl+Z');
	await assertStopped(shell);
	shell.resize(100, 30);
	shell.type('fg\r');
	await assertBack(shell, 100, 30);
	shell.press('Ctrl+Z');
	await assertStopped(shell);
	shell.resize(70, 20);
	shell.type('fg\r');
	await assertBack(shell, 70, 20);
	assert.deepEqual(await quit(shell), []);
});

test('SIGTSTP from outside does the same as Ctrl-Z', async () => {
	const {shell, pid} = await openInShell();
	await using _ = shell;
	process.kill(pid, 'SIGTSTP');
	await assertStopped(shell);
	shell.type('fg\r');
	await assertBack(shell);
	assert.deepEqual(await quit(shell), []);
});

test('after SIGSTOP, which nobody can prepare for, the app comes back whole', async () => {
	const {shell, pid} = await openInShell();
	await using _ = shell;
	process.kill(pid, 'SIGSTOP');
	await shell.waitFor('Stopped');
	shell.type('\u{15}fg\r');
	await assertBack(shell);
	assert.deepEqual(await quit(shell), []);
});

test('without a shell Ctrl-Z does nothing', async () => {
	await using app = startInPty(command);
	await app.waitFor(drawn);
	app.mark();
	app.press('Ctrl+Z');
	await app.waitFor(() => app.outputSinceMark().includes('\u{1B}[?1049l') && drawn.test(app.text()));
	await assertBack(app);
	app.press('q');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
});
