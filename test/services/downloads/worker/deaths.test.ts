import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {readdir, readFile, rename} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {type Download} from '../../../../source/types/download.js';
import {isRunning} from '../../../helpers/processes.js';
import {untilGone, workerOf} from '../../../helpers/workers.js';
import {
	haveArrived,
	isMissing,
	modelFile,
	never,
	oneModel,
	settle,
	sha256Of,
	until,
} from '../world.js';
import {startWorkerWorld, type WorkerWorld} from './worker-world.js';

// Real processes, which are killed.

const id = 'owner-repo-q4_k_m';
const size = 16_000_000;
const rate = {bytesPerSecond: 12_000_000};

/**
The number of the worker that a client has started.
*/
async function startedWorker({home}: WorkerWorld): Promise<number> {
	const worker = await workerOf(home);
	if (worker === undefined) {
		throw new Error('No worker runs.');
	}

	return worker;
}

/**
What is there of a worker besides its log.
*/
async function tracesOf({home}: WorkerWorld): Promise<readonly string[]> {
	const names = await readdir(home);
	return names.filter(name => name.startsWith('downloads.'));
}

test('a client that is killed takes nothing with it: the worker finishes, ends by itself, and leaves nothing behind', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorkerWorld(files, rate);
	const child = fork(path.join(import.meta.dirname, 'client-child.ts'), [JSON.stringify(request)], {execArgv: ['--import', import.meta.resolve('tsx')], env: {...world.environment}});
	child.on('message', message => {
		const [first] = message as readonly Download[];
		if ((first?.receivedBytes ?? 0) > 4_000_000) {
			child.kill('SIGKILL');
		}
	});
	const [, signal] = await once(child, 'exit') as [number | undefined, string | undefined];
	assert.equal(signal, 'SIGKILL');

	const worker = await startedWorker(world);
	await using client = world.client();
	await client.downloads.start();
	const done = await settle(client, id);
	assert.equal(done.resumedBytes, 0, 'it was one run');
	assert.ok(await haveArrived(world, files));
	assert.equal(await workerOf(world.home), worker);
	await untilGone(worker);
	assert.deepEqual(await tracesOf(world), []);
	assert.deepEqual(await world.leftovers(), []);
});

test('a worker that is killed is replaced by whoever has a client open, and goes on where it was', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorkerWorld(files, rate);
	await using client = world.client();
	await client.downloads.start();
	await client.downloads.add(request);
	await until(client, ([first]) => (first?.receivedBytes ?? 0) > 6_000_000);
	const first = await startedWorker(world);
	const settled = client.downloads.settled(id, {signal: never});
	process.kill(first, 'SIGKILL');
	const done = await settled;
	assert.equal(done.status, 'completed');
	assert.ok(done.resumedBytes >= 6_000_000, `${done.resumedBytes} were kept`);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
	assert.notEqual(await workerOf(world.home), first);
	assert.deepEqual(await world.leftovers(), []);
});

test('a worker ignores SIGHUP; with SIGTERM it ends in order, and what is not done goes on with the next', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorkerWorld(files, rate);
	let worker: number;
	{
		await using client = world.client();
		await client.downloads.add(request);
		await until(client, ([first]) => (first?.receivedBytes ?? 0) > 2_000_000);
		worker = await startedWorker(world);
		process.kill(worker, 'SIGHUP');
		const before = client.downloads.list()[0]!.receivedBytes;
		await until(client, ([first]) => first!.receivedBytes > before + 2_000_000);
	}

	assert.ok(isRunning(worker));
	process.kill(worker, 'SIGTERM');
	await untilGone(worker);
	assert.deepEqual(await tracesOf(world), []);
	const log = await readFile(path.join(world.home, 'logs/downloads.log'), 'utf8');
	assert.match(log, /as a signal asks/v);

	world.hub.setRate({});
	await using client = world.client();
	await client.downloads.start();
	const done = await settle(client, id);
	assert.ok(done.resumedBytes > 4_000_000);
	assert.ok(await haveArrived(world, files));
});

test('a worker whose home is moved away ends; neither it nor who waits puts anything up in its place', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 2_000_000, home: folder => path.join(folder, 'home')});
	await using client = world.client();
	const {id: added} = await client.downloads.add(request);
	await client.downloads.add({...request, modelId: 'next'});
	await until(client, ([first]) => (first?.receivedBytes ?? 0) > 500_000);
	const worker = await startedWorker(world);
	const settled = client.downloads.settled(added, {signal: never});
	await rename(world.home, `${world.home}-elsewhere`);
	await assert.rejects(settled, {code: 'home_gone'});
	await untilGone(worker);
	assert.ok(await isMissing(world.home));
});
