import assert from 'node:assert/strict';
import {fork, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
	mkdir,
	rm,
	statfs,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {type Download} from '../../../source/types/download.js';
import {
	failureOf,
	modelFile,
	oneModel,
	settle,
	sha256Of,
	startWorld,
	until,
} from './world.js';

const size = 6_000_000;

/**
A volume of 8 MiB of its own, where this user may mount one.
*/
function mountSmallVolume(folder: string): Disposable | undefined {
	if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', folder]).status !== 0) {
		return undefined;
	}

	return {
		[Symbol.dispose]() {
			assert.equal(spawnSync('umount', ['--lazy', folder]).status, 0);
		},
	};
}

test('a disk that fills up in mid-download: the error says so, what came is kept, and resuming goes on', async (t: TestContext) => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 6_000_000});
	await mkdir(world.models);
	using volume = mountSmallVolume(world.models);
	if (volume === undefined) {
		t.skip('this user may not mount a volume');
		return;
	}

	await using session = await world.open();
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 1_000_000);
	const filler = path.join(world.models, 'filler');
	const {bavail, bsize} = await statfs(world.models);
	await writeFile(filler, new Uint8Array((bavail * bsize) - 1_000_000));
	const failed = await session.downloads.settled(id, {signal: AbortSignal.timeout(20_000)});
	t.assert.strictEqual(failed.status, 'failed');
	t.assert.strictEqual(failed.error?.code, 'disk_full');
	t.assert.ok(failed.receivedBytes > 1_000_000);
	t.assert.strictEqual(failed.retries, 0);

	await rm(filler);
	world.hub.setRate({});
	await session.downloads.resume(id);
	const done = await settle(session, id);
	t.assert.ok(done.fetchedBytes < size * 1.2);
	t.assert.strictEqual(await sha256Of(world.target(modelFile)), await file.sha256());
});

test('a file that grows beyond what the system allows: failed, and nothing is corrupt', async (t: TestContext) => {
	if (process.platform === 'win32') {
		t.skip('there is no such limit');
		return;
	}

	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	// A shell sets the limit, in KiB, for a download in a process of its own.
	const child = fork(path.join(import.meta.dirname, 'killed-child.ts'), [world.home, world.hub.url, JSON.stringify(request)], {
		execPath: '/bin/bash',
		execArgv: ['-c', 'ulimit -f 2000; exec "$0" --import tsx "$@"', process.execPath],
	});
	const {promise, resolve} = Promise.withResolvers<Download>();
	child.on('message', message => {
		const {downloads} = message as {downloads: readonly Download[]};
		const [first] = downloads;
		if (first?.status === 'failed') {
			resolve(first);
		}
	});
	const failed = await promise;
	child.kill('SIGKILL');
	await once(child, 'exit');
	t.assert.strictEqual(failed.error?.code, 'file_too_large');

	await using session = await world.open();
	await session.downloads.start();
	await session.downloads.resume(failed.id);
	const done = await settle(session, failed.id);
	// All but the block that did not fit.
	t.assert.ok(done.resumedBytes <= 2_048_000);
	t.assert.ok(done.resumedBytes > 2_048_000 - 131_072);
	t.assert.strictEqual(done.resumedBytes + done.fetchedBytes, size);
	t.assert.strictEqual(await sha256Of(world.target(modelFile)), await file.sha256());
});

test('a models folder that is no folder: a clear error without its path', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await writeFile(world.models, 'not a folder');
	await using session = await world.open();
	const {code, message} = await failureOf(session, request);
	assert.equal(code, 'disk_failed');
	assert.doesNotMatch(message, new RegExp(world.home, 'v'));
});
