import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {NotFoundError} from '../../../../source/errors/not-found-error.js';
import {NoSpaceError} from '../../../../source/errors/no-space-error.js';
import {UsageError} from '../../../../source/errors/usage-error.js';
import {type DownloadRequest} from '../../../../source/types/download.js';
import {generateGguf} from '../../../helpers/hub/generate-file.js';
import {type HubFile} from '../../../helpers/hub/hub-file.js';
import {
	haveArrived,
	isMissing,
	modelFile,
	never,
	oneModel,
	requestFor,
	settle,
	sha256Of,
	until,
} from '../world.js';
import {startWorkerWorld} from './worker-world.js';

const id = 'owner-repo-q4_k_m';

/**
Three models of a repository, with the request for each.
*/
async function threeModels(sizeBytes: number): Promise<{readonly files: Readonly<Record<string, HubFile>>; readonly requests: readonly DownloadRequest[]}> {
	const files = Object.fromEntries(['a', 'b', 'c'].map((name, index) => [`${name}-Q4_K_M.gguf`, generateGguf({sizeBytes, seed: index + 1})]));
	const requests = await Promise.all(Object.entries(files).map(async ([name, file]) => requestFor({[name]: file}, {modelId: name.slice(0, 1), name: name.slice(0, 1)})));
	return {files, requests};
}

test('a client has its worker fetch a model, sees it come, and outlives the worker, which leaves nothing behind', async () => {
	const {files, file, request} = await oneModel(8_000_000);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 10_000_000});
	const worker = world.workHere();
	await worker.ready;
	await using client = world.client();
	const seen = new Set<number>();
	client.downloads.subscribe(downloads => {
		seen.add(downloads[0]?.receivedBytes ?? 0);
	});
	await client.downloads.start();
	const added = await client.downloads.add(request, {priority: 'high'});
	assert.equal(added.id, id);
	assert.equal(added.priority, 'high');
	assert.equal(client.downloads.list()[0]?.id, id);
	const done = await settle(client, id);
	assert.equal(done.fetchedBytes, file.sizeBytes);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
	const progress = [...seen];
	assert.ok(progress.length > 3, `${progress.length} steps`);
	assert.deepEqual(progress, progress.toSorted((left, right) => left - right));

	assert.equal(await worker.exitCode, 0);
	assert.deepEqual(worker.reports, [{state: 'ready'}]);
	const left = await readdir(world.home);
	assert.deepEqual(left.filter(name => name.startsWith('downloads.')), []);
	// What it told of the run is still known, and the database agrees with the rest.
	await until(client, ([first]) => first?.status === 'completed');
	assert.equal(client.downloads.list()[0]?.fetchedBytes, file.sizeBytes);
	const log = await readFile(path.join(world.home, 'logs/downloads.log'), 'utf8');
	assert.match(log, /begins\n[\s\S]* owner-repo-q4_k_m queued\n[\s\S]* owner-repo-q4_k_m started[\s\S]* owner-repo-q4_k_m completed[\s\S]* ends: nothing is left to do\n$/v);
});

test('two clients share one queue: what one adds, moves and pauses, the other sees and changes', async () => {
	const {files, requests} = await threeModels(4_000_000);
	const [a, b, c] = requests;
	await using world = await startWorkerWorld(files, {bytesPerSecond: 1_000_000});
	const worker = world.workHere();
	await worker.ready;
	await using one = world.client();
	await using other = world.client();
	await Promise.all([one.downloads.start(), other.downloads.start()]);
	await Promise.all([one.downloads.add(a!), other.downloads.add(a!), one.downloads.add(b!), other.downloads.add(c!)]);
	await Promise.all([one, other].map(async client => until(client, downloads => downloads.map(download => download.id).toSorted().join(' ') === 'a b c')));
	await other.downloads.pause('a');
	await until(one, downloads => downloads.some(({id: name, status}) => name === 'a' && status === 'paused'));
	const settledElsewhere = await one.downloads.settled('a', {signal: never});
	assert.equal(settledElsewhere.status, 'paused');

	await one.downloads.move('c', 'first');
	await until(other, ([first]) => first?.id === 'c');
	await one.downloads.configure('c', {rateLimit: 50_000_000, hours: null});
	await until(other, ([first]) => first?.rateLimit === 50_000_000);
	await other.downloads.configure('c', {rateLimit: null});
	await until(one, ([first]) => first?.id === 'c' && first.rateLimit === undefined);
	world.hub.setRate({});
	await one.downloads.resume('a');
	await until(other, downloads => downloads.every(({status}) => status !== 'paused'));
	await Promise.all([one, other].flatMap(client => ['a', 'b', 'c'].map(async name => settle(client, name))));
	assert.ok(await haveArrived(world, files));
	assert.equal(world.hub.requests.filter(({server, method}) => server === 'cdn' && method === 'GET').length >= 3, true);

	await one.downloads.forget('b');
	await until(other, downloads => downloads.length === 2);
});

test('what goes wrong comes to the client as the error it is', async () => {
	const {files, request} = await oneModel(4_000_000);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 500_000});
	const worker = world.workHere();
	await worker.ready;
	await using client = world.client();
	const {downloads} = client;
	await assert.rejects(downloads.pause('none'), (error: unknown) => error instanceof NotFoundError && error.code === 'download_not_found' && error.hint === 'The queue is empty.');
	await downloads.add(request);
	await assert.rejects(downloads.forget(id), (error: unknown) => error instanceof UsageError && error.code === 'download_active');
	await assert.rejects(downloads.configure(id, {startAt: 'at some time'}), (error: unknown) => error instanceof UsageError && error.exitCode === 2);
	const huge = {...request, modelId: 'huge', files: request.files.map(file => ({...file, sizeBytes: 2 ** 52}))};
	await assert.rejects(downloads.add(huge), (error: unknown) => error instanceof NoSpaceError && error.code === 'disk_full' && (error.missingBytes ?? 0) > 2 ** 50);
	const stray = {...request, modelId: 'stray', files: request.files.map(file => ({...file, path: '../../outside.gguf'}))};
	await assert.rejects(downloads.add(stray), (error: unknown) => error instanceof Error && 'code' in error && error.code !== 'worker_failed');
	await downloads.cancel(id);
	const {status} = await downloads.settled(id, {signal: never});
	assert.equal(status, 'cancelled');
});

test('without a worker the queue is shown as the disk tells it, and nothing is started for what only waits for a person', async () => {
	const {files, request} = await oneModel(6_000_000);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 6_000_000});
	{
		const worker = world.workHere();
		await worker.ready;
		await using client = world.client();
		await client.downloads.add(request);
		await until(client, ([first]) => (first?.receivedBytes ?? 0) > 1_000_000);
		await client.downloads.pause(id);
		await worker.exitCode;
	}

	await using client = world.client({program: {program: '/nowhere', arguments: []}});
	await client.downloads.start();
	const [found] = client.downloads.list();
	assert.equal(found?.status, 'paused');
	assert.ok(found.receivedBytes > 1_000_000);
	const partial = path.join(world.partials, id);
	assert.equal(await client.downloads.isPartialNeeded(partial), true);
	assert.equal(await client.downloads.isPartialNeeded(path.join(world.partials, 'other')), false);
	const {status} = await client.downloads.settled(id, {signal: never});
	assert.equal(status, 'paused');
	await assert.rejects(client.downloads.settled('none', {signal: never}), {code: 'download_not_found'});
});

test('a client of an idle home starts nothing; once another has work done, it sees it', async () => {
	const {files, request} = await oneModel(3_000_000);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 3_000_000});
	await using watcher = world.client({program: {program: '/nowhere', arguments: []}});
	await watcher.downloads.start();
	assert.deepEqual(watcher.downloads.list(), []);
	assert.ok(await isMissing(path.join(world.home, 'downloads.sock')));

	const worker = world.workHere();
	await worker.ready;
	await using client = world.client();
	await client.downloads.add(request);
	await until(watcher, ([first]) => first?.status === 'completed');
});

test('many things asked at once, before there is a worker, are all asked of the one that comes up', async () => {
	const {files, requests} = await threeModels(1_000_000);
	await using world = await startWorkerWorld(files);
	await using client = world.client();
	const added = await Promise.all(requests.map(async request => client.downloads.add(request)));
	assert.deepEqual(added.map(download => download.id), ['a', 'b', 'c']);
	await Promise.all(added.map(async download => settle(client, download.id)));
	const log = await readFile(path.join(world.home, 'logs/downloads.log'), 'utf8');
	assert.equal(log.split(' begins\n').length, 2);
	assert.ok(await haveArrived(world, files));
});
