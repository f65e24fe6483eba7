import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
	rm,
	statfs,
	writeFile,
} from 'node:fs/promises';
import {test, type TestContext} from 'node:test';
import {endWorker} from '../helpers/workers.js';
import {
	reference,
	sha256Of,
	startModelWorld,
	type ModelWorld,
} from './model-world.js';
import {
	jsonLines,
	runRemuda,
	startCommand,
	toldError,
} from './run-remuda.js';
import {startRemuda} from './start-remuda.js';
import {workerEnded} from './worker.js';

const sizeBytes = 12_000_000;

/**
A volume of 16 MiB at the home, where this user may mount one.
*/
function mountSmallVolume({home}: ModelWorld): Disposable | undefined {
	if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'none', home]).status !== 0) {
		return undefined;
	}

	return {
		[Symbol.dispose]() {
			assert.equal(spawnSync('umount', ['--lazy', home]).status, 0);
		},
	};
}

/**
Takes all room of the home's volume but `left` bytes.
*/
async function fillUp(home: string, filler: string, left: number): Promise<void> {
	const {bavail, bsize} = await statfs(home);
	await writeFile(filler, new Uint8Array(Math.max(0, (bavail * bsize) - left)));
}

test('a disk that fills up in mid-download: exit 6, the partial file is kept, the app says why and goes on once there is room', async (t: TestContext) => {
	await using world = await startModelWorld({sizeBytes, bytesPerSecond: 6_000_000});
	using volume = mountSmallVolume(world);
	if (volume === undefined) {
		t.skip('this user may not mount a volume');
		return;
	}

	await using _ = workerEnded(world.home);
	const {hub, home, join, file, surroundings, target, modelFiles, refetchedBytes} = world;
	await using command = startCommand(surroundings, 'download', reference, '--json');
	await command.waitFor(stdout => jsonLines(stdout).some(({received_bytes: received}) => Number(received) > 1_000_000));
	await fillUp(home, join('filler'), 500_000);
	const end = await command.ended;
	t.assert.strictEqual(end.code, 6);
	t.assert.strictEqual(toldError(end).code, 'disk_full');
	t.assert.strictEqual(jsonLines(end.stdout).at(-1)?.type, 'failed');

	// Now there is no room for anything.
	await fillUp(home, join('more'), 0);
	const again = await runRemuda(surroundings, 'download', reference, '--json');
	t.assert.strictEqual(again.code, 6);
	const listed = await runRemuda(surroundings, 'list', '--json');
	t.assert.strictEqual(listed.code, 0, listed.stderr);
	hub.setRate({});
	await using app = startRemuda(surroundings);
	app.press('2');
	await app.waitFor(/› herd.* failed[\s\S]*disk of the models is full/v);
	await Promise.all([rm(join('filler')), rm(join('more'))]);
	app.press('r');
	await app.waitFor(/› herd.* completed/v);
	app.press('q');
	t.assert.deepStrictEqual(await app.waitForExit(), {code: 0, signal: undefined});
	t.assert.strictEqual(await sha256Of(target), await file.sha256());
	t.assert.deepStrictEqual(await modelFiles(), [target]);
	t.assert.ok(refetchedBytes() < 0.2 * sizeBytes, `${refetchedBytes()} bytes came twice`);
});

test('a limit on the size of files: exit 6, the partial file is kept, and without it the download goes on', async () => {
	await using world = await startModelWorld({sizeBytes});
	const {file, join, surroundings, target, modelFiles} = world;
	// In units of 512 bytes or of a kilobyte, as the shell likes.
	const limited = await runRemuda({...surroundings, within: ['sh', '-c', 'ulimit -f 8000 && exec "$@"', 'sh']}, 'download', reference, '--json');
	assert.equal(limited.code, 6, limited.stderr);
	assert.equal(toldError(limited).code, 'file_too_large');
	// It lives under the limits of who started it.
	await endWorker(join('.remuda'));
	const done = await runRemuda(surroundings, 'download', reference, '--json');
	assert.equal(done.code, 0, done.stderr);
	assert.ok(Number(jsonLines(done.stdout).at(-1)?.resumed_bytes) > 3_000_000);
	assert.equal(await sha256Of(target), await file.sha256());
	assert.deepEqual(await modelFiles(), [target]);
});
