import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {stat} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {type DownloadRequest} from '../../../source/types/download.js';
import {generateGguf} from '../../helpers/hub/generate-file.js';
import {inSequence} from '../../helpers/in-sequence.js';
import {
	haveArrived,
	modelFile,
	oneModel,
	requestFor,
	sha256Of,
	startWorld,
	until,
	type World,
} from './world.js';

const rate = 40_000_000;

/**
Downloads in a process of its own until so many bytes are on disk, then kills it the hard way; the bytes it had fetched, as last told.
*/
async function killAfter(world: World, bytes: number, requests: readonly DownloadRequest[]): Promise<number> {
	const child = fork(path.join(import.meta.dirname, 'killed-child.ts'), [world.home, world.hub.url, ...requests.map(request => JSON.stringify(request))], {execArgv: ['--import', 'tsx']});
	let told = 0;
	child.on('message', message => {
		const {received, fetched} = message as {received: number; fetched: number};
		told = fetched;
		if (received >= bytes) {
			child.kill('SIGKILL');
		}
	});
	const [, signal] = await once(child, 'exit') as [number | undefined, string | undefined];
	assert.equal(signal, 'SIGKILL');
	return told;
}

test('killed in mid-download: the next start goes on where it was, and the bytes and their hash are right', async () => {
	const size = 60_000_000;
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: rate});
	const fetchedBefore = await killAfter(world, 30_000_000, [request]);
	const {size: onDisk} = await stat(path.join(world.partials, 'owner-repo-q4_k_m', '0.partial'));
	assert.ok(onDisk >= 30_000_000);
	assert.ok(onDisk < size);

	await using session = await world.open();
	await session.downloads.start();
	const [found] = session.downloads.list();
	assert.ok(found);
	assert.ok(found.receivedBytes >= 30_000_000);
	const {status, fetchedBytes, resumedBytes} = await session.downloads.settled(found.id, {signal: AbortSignal.timeout(30_000)});
	assert.equal(status, 'completed');
	// A connection whose range another one takes over may bring some of it as well.
	assert.ok(resumedBytes + fetchedBytes >= size);
	const fetchedAgain = fetchedBefore + fetchedBytes - size;
	assert.ok(fetchedAgain < size * 0.02, `${fetchedAgain} bytes were fetched again`);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
	assert.deepEqual(await world.leftovers(), []);
});

test('killed again and again with two downloads under way: both are right, and little was fetched twice', async () => {
	const sizes = [8_000_000, 9_000_000];
	const requests: DownloadRequest[] = [];
	const all = {'a-Q4_K_M.gguf': generateGguf({sizeBytes: sizes[0]!, seed: 1}), 'b-Q4_K_M.gguf': generateGguf({sizeBytes: sizes[1]!, seed: 2})};
	for (const [name, file] of Object.entries(all)) {
		// eslint-disable-next-line no-await-in-loop -- in order
		requests.push(await requestFor({[name]: file}, {modelId: name.toLowerCase()}));
	}

	await using world = await startWorld(all, {bytesPerSecond: rate / 4});
	let fetched = 0;
	for await (const bytes of inSequence([500_000, 4_000_000, 9_000_000, 14_000_000])) {
		fetched += await killAfter(world, bytes, requests);
	}

	await using session = await world.open();
	await session.downloads.start();
	const done = await until(session, downloads => downloads.every(({status}) => status === 'completed'));
	assert.equal(done.length, 2);
	fetched += done.reduce((sum, {fetchedBytes}) => sum + fetchedBytes, 0);
	assert.ok(fetched < 17_000_000 * 1.2, `${fetched} bytes were fetched`);
	assert.ok(await haveArrived(world, all));
	assert.deepEqual(await world.leftovers(), []);
});
