import assert from 'node:assert/strict';
import {
	mkdir,
	readdir,
	readFile,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {startInPty, type PtyProgram} from '../helpers/pty.js';
import {temporaryFolder} from '../helpers/temporary-folder.js';
import {untilGone, workerOf} from '../helpers/workers.js';
import {reference, sha256Of, startModelWorld} from './model-world.js';
import {runRemuda} from './run-remuda.js';
import {environmentOf, program, startRemuda} from './start-remuda.js';

// The order is settled once it is known what fits.
const ready = /✓ fits|~ tight|✗ too big/v;
const selected = (app: PtyProgram) => /^› +(?:\* *)?(?<name>\S.+?) {2}/mv.exec(app.text())?.groups?.name;

/**
Moves the selection down by one; the name of what is selected then.
*/
async function selectNext(app: PtyProgram): Promise<string> {
	const before = selected(app);
	app.press('j');
	await app.waitFor(() => selected(app) !== before);
	return selected(app)!;
}

const ends: ReadonlyArray<readonly [name: string, end: (app: PtyProgram) => void, exit: {readonly code: number; readonly signal: NodeJS.Signals | undefined}]> = [
	['q', app => {
		app.press('q');
	}, {code: 0, signal: undefined}],
	['Ctrl-C', app => {
		app.press('Ctrl+C');
	}, {code: 0, signal: undefined}],
	['SIGTERM', app => {
		app.signal('SIGTERM');
	}, {code: 0, signal: 'SIGTERM'}],
	['SIGHUP', app => {
		app.signal('SIGHUP');
	}, {code: 0, signal: 'SIGHUP'}],
];

for (const [name, end, exit] of ends) {
	test(`${name} ends the app, and the terminal is as it was`, async () => {
		await using folder = await temporaryFolder();
		await using app = startRemuda({home: folder.path, columns: 80, rows: 24});
		await app.waitFor(ready, {deadline: 20_000});
		assert.ok(app.leftoverModes().includes('alternate screen'));
		end(app);
		assert.deepEqual(await app.waitForExit(), exit);
		assert.deepEqual(app.leftoverModes(), []);
	});
}

test('settings that cannot be read end the app with 2, and what is wrong with them stands on the restored screen', async () => {
	await using folder = await temporaryFolder();
	await mkdir(folder.join('.remuda'));
	await writeFile(folder.join('.remuda/config.json'), '{"max_concurrent_downloads": 2,}');
	await using app = startRemuda({home: folder.path, columns: 80, rows: 24});
	assert.deepEqual(await app.waitForExit(), {code: 2, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
	assert.match(app.text().trim(), /^error: .*config\.json is\s+not\s+valid\s+JSON\s+at line 1, column 32\.\nhint: [^:]+\.$/v);
	assert.equal(await readFile(folder.join('.remuda/config.json'), 'utf8'), '{"max_concurrent_downloads": 2,}');
});

test('quitting while a download runs asks and names it; it goes on without the app, also when the terminal goes away, and the next app shows it', async () => {
	await using world = await startModelWorld({bytesPerSecond: 4_000_000});
	const {hub, file, surroundings, target, modelFiles, refetchedBytes} = world;
	const home = world.join('.remuda');
	// One connection wastes nothing, so that every byte that came twice would show.
	await mkdir(home);
	await writeFile(path.join(home, 'config.json'), '{"downloads": {"connections_per_file": 1}}');
	const queued = await runRemuda(surroundings, 'download', reference, '--background');
	assert.equal(queued.code, 0, queued.stderr);
	const worker = await workerOf(home);

	{
		await using app = startRemuda({...surroundings, columns: 80, rows: 24});
		app.press('2');
		await app.waitFor(/› herd.*\d ?%/v, {deadline: 20_000});
		app.press('q');
		await app.waitFor(/Quit while a download is not done\?[\s\S]*herd/v);
		app.press('Escape');
		await app.waitFor(/› herd.*\d ?%/v);
		app.press('q');
		await app.waitFor(/b {2}quit, and let them go on/v);
		app.press('Enter');
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
		assert.deepEqual(app.leftoverModes(), []);
	}

	{
		await using app = startRemuda({...surroundings, columns: 80, rows: 24});
		app.press('2');
		await app.waitFor(/› herd.*\d ?%/v, {deadline: 20_000});
		app.hangUp();
		assert.deepEqual(await app.waitForExit(), {code: 0, signal: 'SIGHUP'});
	}

	assert.equal(await workerOf(home), worker, 'it was one worker all the time');
	hub.setRate({});
	await untilGone(worker!);
	assert.equal(await sha256Of(target), await file.sha256());
	await using app = startRemuda({...surroundings, columns: 80, rows: 24});
	app.press('2');
	await app.waitFor(/› herd.* completed/v, {deadline: 20_000});
	app.press('q');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	assert.deepEqual(await modelFiles(), [target]);
	const left = await readdir(home);
	assert.deepEqual(left.filter(name => name.startsWith('downloads.')), []);
	assert.ok(refetchedBytes() < 0.01 * file.sizeBytes, `${refetchedBytes()} bytes came twice`);
});

/**
Resolves when header, rule and hints stand where they belong on a screen of that size, each once.
*/
async function waitForWholeScreen(app: PtyProgram, columns: number, rows: number): Promise<void> {
	await app.waitFor(() => {
		const screen = app.screen();
		return screen.length === rows
			&& /^\[1 browse\] 2 downloads +3 cache +4 hardware +5 chat +6 bench/v.test(screen[0]!)
			&& screen[1] === '─'.repeat(columns)
			&& screen.at(-1)!.endsWith('q quit')
			&& screen.filter(row => row.includes('q quit')).length === 1;
	});
}

test('the app follows the window, to a size that is too small and back', async () => {
	await using folder = await temporaryFolder();
	await using app = startRemuda({home: folder.path, columns: 80, rows: 24});
	await app.waitFor(ready, {deadline: 20_000});
	await waitForWholeScreen(app, 80, 24);
	const name = await selectNext(app);
	app.resize(30, 8);
	await app.waitFor(/30×8 is too small[\s\S]*q quits/v);
	app.resize(200, 50);
	await waitForWholeScreen(app, 200, 50);
	await app.waitFor(() => selected(app)?.slice(0, 20) === name.slice(0, 20));
	app.resize(80, 24);
	await waitForWholeScreen(app, 80, 24);
	await app.waitFor(() => selected(app)?.slice(0, 20) === name.slice(0, 20));
	app.press('q');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
});

test('--no-alternate-screen draws on the screen that is there, and gives it back', async () => {
	await using folder = await temporaryFolder();
	await using app = startRemuda({home: folder.path}, '--no-alternate-screen');
	await app.waitFor(ready, {deadline: 20_000});
	assert.ok(!app.leftoverModes().includes('alternate screen'));
	await selectNext(app);
	app.press('q');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
});

test('--plain-output draws the same', async () => {
	await using folder = await temporaryFolder();
	await using app = startRemuda({home: folder.path, columns: 80, rows: 24}, '--plain-output');
	await app.waitFor(ready, {deadline: 20_000});
	await selectNext(app);
	await waitForWholeScreen(app, 80, 24);
	app.press('q');
	assert.deepEqual(await app.waitForExit(), {code: 0, signal: undefined});
	assert.deepEqual(app.leftoverModes(), []);
});

test('with NO_COLOR no colour is sent, and the selection and the tab are seen by their signs', async () => {
	await using folder = await temporaryFolder();
	await using app = startRemuda({home: folder.path, env: {NO_COLOR: '1'}});
	await app.waitFor(ready, {deadline: 20_000});
	await selectNext(app);
	app.press('2');
	await app.waitFor('[2 downloads]');
	app.press('q');
	await app.waitForExit();
	const styles = app.output().split('\u{1B}[').map(sequence => /^[\d:;]*(?=m)/v.exec(sequence)?.[0] ?? '').flatMap(parameters => parameters.split(/[:;]/v));
	assert.deepEqual(styles.filter(style => /^(?:[349]|10)\d$/v.test(style)), []);
});

test('without a screen to draw on: 2, the reason on stderr, nothing on stdout', async () => {
	await using folder = await temporaryFolder();
	const piped = await runRemuda({home: folder.path});
	assert.equal(piped.code, 2);
	assert.equal(piped.stdout, '');
	assert.match(piped.stderr, /^error: The app needs a terminal/v);

	await using dumb = startInPty(['sh', '-c', 'TERM=dumb "$0" "$1" 2> "$HOME/stderr"', process.execPath, program], {env: environmentOf({home: folder.path})});
	assert.deepEqual(await dumb.waitForExit(), {code: 2, signal: undefined});
	assert.equal(dumb.output(), '');
	assert.match(await readFile(folder.join('stderr'), 'utf8'), /^error: .*TERM is "dumb"/v);
});
