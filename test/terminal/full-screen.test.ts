import assert from 'node:assert/strict';
import {existsSync, statSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {startInPty, type PtyOptions, type PtyProgram} from '../helpers/pty.js';

const command = [process.execPath, '--import', 'tsx', 'test/fixtures/example-app.tsx'];

async function open(arguments_: readonly string[] = [], options: PtyOptions = {}): Promise<PtyProgram> {
	const app = startInPty([...command, ...arguments_], options);
	await app.waitFor(/model-000[\s\S]*q quit/v);
	return app;
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'remuda-terminal-'));
	try {
		await run(folder);
	} finally {
		await rm(folder, {recursive: true});
	}
}

for (const key of ['q', 'Ctrl+C']) {
	test(`${key} ends the app and gives the terminal back`, async () => {
		await using app = await open();
		assert.deepEqual(app.leftoverModes(), ['alternate screen', 'hidden cursor']);
		app.press(key);
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
		assert.deepEqual(app.leftoverModes(), []);
		assert.equal(app.text().trim(), 'all settled');
	});
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
	test(`${signal} restores the terminal, settles running work, and is what the process dies by`, async () => {
		await withFolder(async folder => {
			const settled = path.join(folder, 'settled');
			await using app = await open(['--settle=300', `--settled=${settled}`]);
			app.signal(signal);
			assert.deepEqual(await app.waitForExit(), {code: 0, signal});
			assert.deepEqual(app.leftoverModes(), []);
			assert.equal(app.text().trim(), 'all settled');
			assert.ok(existsSync(settled));
		});
	});
}

test('a terminal that goes away lets running work settle', async () => {
	await withFolder(async folder => {
		const settled = path.join(folder, 'settled');
		await using app = await open(['--settle=300', `--settled=${settled}`]);
		app.press('b');
		app.hangUp();
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: 'SIGHUP'});
		assert.ok(existsSync(settled));
	});
});

for (const [key, message] of [['e', 'Error: thrown in passing'], ['r', 'Error: failed to render']] as const) {
	test(`an error is shown on the restored terminal: ${message}`, async () => {
		await using app = await open();
		app.press(key);
		assert.deepEqual(await app.waitForExit(), {code: 1, signal: undefined});
		assert.deepEqual(app.leftoverModes(), []);
		assert.match(app.text(), new RegExp(message, 'v'));
	});
}

test('an app that cannot be drawn at all leaves the terminal as it was, and says why', async () => {
	await using app = startInPty([...command, '--broken-start']);
	assert.deepEqual(await app.waitForExit(), {code: 1, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
	assert.match(app.text(), /Error: never drawn/v);
});

test('what fails while running work is brought to its end is told, but never instead of the first error', async () => {
	await using app = await open(['--broken-settle']);
	app.press('q');
	assert.deepEqual(await app.waitForExit(), {code: 1, signal: undefined});
	assert.match(app.text(), /Error: cannot settle/v);
	await using broken = await open(['--broken-settle']);
	broken.press('e');
	assert.deepEqual(await broken.waitForExit(), {code: 1, signal: undefined});
	assert.match(broken.text(), /Error: thrown in passing/v);
	assert.doesNotMatch(broken.text(), /cannot settle/v);
});

test('a second Ctrl-C does not wait for running work', async () => {
	await using app = await open(['--settle=60000']);
	app.press('q');
	await app.waitFor('Finishing running work');
	assert.deepEqual(app.leftoverModes(), []);
	app.press('Ctrl+C');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: 'SIGINT'});
	assert.match(app.text(), /not settled/v);
});

test('running work that takes too long is not waited for', async () => {
	await using app = await open(['--settle=60000', '--settle-limit=100']);
	app.signal('SIGTERM');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: 'SIGTERM'});
	assert.match(app.text(), /not settled/v);
});

test('what is written to the console does not reach the screen', async () => {
	await using app = await open();
	const before = app.screen();
	app.press('l');
	await app.waitFor('presses 1');
	assert.deepEqual(app.screen().slice(1), before.slice(1));
	app.press('q');
	await app.waitForExit();
	assert.doesNotMatch(app.output(), /stray/v);
});

test('what was written to the console is shown after an error', async () => {
	await using app = await open();
	app.press('l');
	await app.waitFor('presses 1');
	app.press('e');
	await app.waitForExit();
	const expected = ['stray log', 'stray error', 'stray stderr', 'stray warning', 'thrown in passing'];
	assert.deepEqual(expected.filter(line => !app.text().includes(line)), []);
});

test('the app follows the size of the window', async () => {
	await using app = await open();
	const seen: string[] = [];
	for (const [columns, rows] of [[120, 40], [60, 15], [80, 24]] as const) {
		app.resize(columns, rows);
		// eslint-disable-next-line no-await-in-loop -- One size after the other.
		await app.waitFor(() => app.screen()[0]!.endsWith(`${columns}×${rows}`) && app.screen().at(-1)!.endsWith('quit'));
		seen.push(`${app.screen().length} ${app.screen().at(-1)}`);
	}

	assert.deepEqual(seen, ['40 j down  k up  q quit', '15 j down  k up  q quit', '24 j down  k up  q quit']);
});

for (const option of ['--primary-screen', '--plain-output']) {
	test(`${option}: draws, moves, and leaves a clean terminal`, async () => {
		await using app = await open([option]);
		assert.equal(app.leftoverModes().includes('alternate screen'), option !== '--primary-screen');
		app.press('j', 'j', 'j');
		await app.waitFor('Details of model-003');
		app.resize(100, 30);
		await app.waitFor('100×30');
		app.press('l');
		await app.waitFor('presses 1');
		app.press('q');
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
		assert.deepEqual(app.leftoverModes(), []);
		// On the primary screen the last frame stays, and what follows stands below it.
		assert.match(app.text().trim(), option === '--primary-screen' ? /q quit\nall settled$/v : /^all settled$/v);
	});
}

/**
Read nothing of what the app writes, and make it write far more than the kernel keeps. The event loop of the app has to turn all the time.
*/
async function fill(app: PtyProgram, counter: string): Promise<void> {
	app.pause();
	for (let count = 0; count < 50; count++) {
		app.resize(200 - (count % 2), 50);
		app.press('j');
		const {size} = statSync(counter);
		await app.waitFor(() => statSync(counter).size > size); // eslint-disable-line no-await-in-loop -- One size after the other.
	}
}

test('a terminal that does not read stops no work, and shows the newest state when it reads again', async () => {
	await withFolder(async folder => {
		const counter = path.join(folder, 'counter');
		await using app = await open([`--counter=${counter}`], {columns: 200, rows: 50});
		await fill(app, counter);
		app.resume();
		await app.waitFor(() => app.text().includes('Details of model-050') && app.text().includes('199×50'));
		app.press('q');
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
		assert.deepEqual(app.leftoverModes(), []);
	});
});

test('a terminal that does not read does not keep the program from ending', async () => {
	await withFolder(async folder => {
		const counter = path.join(folder, 'counter');
		const settled = path.join(folder, 'settled');
		await using app = await open([`--counter=${counter}`, `--settled=${settled}`], {columns: 200, rows: 50});
		await fill(app, counter);
		app.signal('SIGTERM');
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: 'SIGTERM'});
		assert.ok(existsSync(settled));
	});
});
