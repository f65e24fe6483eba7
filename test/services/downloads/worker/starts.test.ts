import assert from 'node:assert/strict';
import {readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {formatLease} from '../../../../source/services/downloads/lease/lease-file.js';
import {ownIdentity} from '../../../../source/services/downloads/lease/lease-owner.js';
import {takeLease} from '../../../../source/services/downloads/lease/lease.js';
import {createSilenceWatch} from '../../../../source/services/downloads/lease/silence.js';
import {queueLease, takeQueue} from '../../../../source/services/downloads/worker/take-queue.js';
import {type WorkerProgram} from '../../../../source/services/downloads/worker/start-worker.js';
import {type DownloadRequest} from '../../../../source/types/download.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';
import {endWorker, workerOf} from '../../../helpers/workers.js';
import {
	complete,
	haveArrived,
	isMissing,
	never,
	oneModel,
	settle,
	until,
} from '../world.js';
import {startWorkerWorld, type WorkerWorld} from './worker-world.js';

const id = 'owner-repo-q4_k_m';

function scriptOf(code: string): WorkerProgram {
	return {program: process.execPath, arguments: ['-e', code]};
}

const say = (report: string) => `require('node:fs').writeSync(3, ${JSON.stringify(`${report}\n`)});`;

/**
Leaves a download in the queue with some of it on disk, and no worker.
*/
async function leaveHalf(world: WorkerWorld, request: DownloadRequest): Promise<void> {
	const worker = world.workHere();
	await worker.ready;
	await using client = world.client();
	await client.downloads.add(request);
	await until(client, ([first]) => (first?.receivedBytes ?? 0) > 500_000);
	process.emit('SIGTERM');
	await worker.exitCode;
}

test('a worker that cannot start makes what was asked of it fail, with the place of its log', async () => {
	const {files, request} = await oneModel(1_000_000);
	await using world = await startWorkerWorld(files);
	const programs: ReadonlyArray<readonly [program: WorkerProgram, message: RegExp]> = [
		[{program: '/nowhere/node', arguments: []}, /could not be started/v],
		[scriptOf('console.error("no such module"); process.exit(3)'), /exit code 3/v],
		[scriptOf('process.kill(process.pid, "SIGKILL")'), /SIGKILL/v],
		[scriptOf(`${say('garbage')} process.exit(0)`), /exit code 0/v],
		[scriptOf(`${say('x'.repeat(70_000))} setInterval(() => {}, 1000)`), /no worker says/v],
		[scriptOf(say('{"state":"ready"}')), /as soon as it has begun/v],
	];
	const failures: Array<readonly [code: unknown, isTold: boolean, hint: unknown]> = [];
	for await (const [program, message] of inSequence(programs)) {
		await using client = world.client({program});
		try {
			await client.downloads.add(request);
		} catch (error) {
			const {code, hint} = error as {code?: unknown; hint?: string};
			failures.push([code, message.test((error as Error).message), hint?.includes('logs/downloads.log')]);
		}
	}

	assert.deepEqual(failures, programs.map(() => ['worker_failed', true, true]));
	assert.match(await readFile(path.join(world.home, 'logs/downloads.log'), 'utf8'), /no such module/v);
});

test('a database that is broken is told as that', async () => {
	const {files, request} = await oneModel(1_000_000);
	await using world = await startWorkerWorld(files);
	await writeFile(path.join(world.home, 'remuda.sqlite'), 'no database '.repeat(1000));
	await using client = world.client();
	await assert.rejects(client.downloads.add(request), {code: 'database_broken', exitCode: 5});
	await assert.rejects(client.downloads.start(), {code: 'database_broken'});
});

test('a worker that dies again and again is started three times; then the queue says why nothing happens, and waiting for it ends', async () => {
	const {files, request} = await oneModel(8_000_000);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 8_000_000});
	const count = path.join(world.home, 'count');
	const dying = scriptOf(`require('node:fs').appendFileSync(${JSON.stringify(count)}, 'x'); ${say('{"state":"failed","error":{"code":"odd","message":"Something odd."}}')}`);
	await leaveHalf(world, request);
	await using client = world.client({program: dying});
	await client.downloads.start();
	assert.equal(client.downloads.list()[0]?.status, 'pending');
	await assert.rejects(client.downloads.settled(id, {signal: never}), {code: 'odd'});
	assert.equal(client.downloads.list()[0]?.activity, 'Something odd.');
	assert.equal(await readFile(count, 'utf8'), 'xxx');
	await assert.rejects(client.downloads.pause(id), {code: 'odd'});

	// Once somebody has a worker, it is as if nothing had been.
	world.hub.setRate({});
	await world.workHere().ready;
	await until(client, ([first]) => first?.status === 'completed');
	assert.ok(await haveArrived(world, files));
});

test('a worker of another version is asked to end, and its place is taken', async () => {
	const {files, request} = await oneModel(8_000_000);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 8_000_000});
	await leaveHalf(world, request);
	world.hub.setRate({});
	const socket = path.join(world.home, 'downloads.sock');
	const lease = await takeLease(world.home, queueLease);
	const heard: string[] = [];
	const old = createServer(connection => {
		connection.write('{"type":"hello","protocol":0,"models":"/models","more":true}\n');
		connection.on('error', () => undefined);
		connection.on('data', data => {
			heard.push(...data.toString('utf8').trim().split('\n').map(line => (JSON.parse(line) as {type: string}).type));
			if (!heard.includes('retire')) {
				return;
			}

			old.close();
			void lease?.release().then(() => connection.end());
		});
	}).listen(socket);
	await using client = world.client();
	await client.downloads.start();
	assert.match(client.downloads.list()[0]!.activity!, /of another version/v);
	assert.deepEqual(heard.filter(type => type !== 'hello'), [], 'looking alone ends nobody');
	await complete(client, request);
	assert.deepEqual(heard.filter(type => type !== 'hello'), ['retire']);
});

test('while a worker has the queue and says nothing, no other is started', async () => {
	const {files, request} = await oneModel(8_000_000);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 8_000_000});
	await leaveHalf(world, request);
	world.hub.setRate({});
	const lease = await takeLease(world.home, queueLease);
	const count = path.join(world.home, 'count');
	await using client = world.client({program: scriptOf(`require('node:fs').appendFileSync(${JSON.stringify(count)}, 'x'); ${say('{"state":"held"}')}`)});
	await client.downloads.start();
	assert.equal(client.downloads.list()[0]?.status, 'pending');
	assert.ok(await isMissing(count));
	const asked = client.downloads.configure(id, {priority: 'high'});
	await lease?.release();
	await world.workHere().ready;
	await asked;
	await settle(client, id);
});

test('the queue of a home that another machine works is left to it', async () => {
	const {files, request} = await oneModel(1_000_000);
	await using world = await startWorkerWorld(files);
	const owner = {...await ownIdentity(), host: 'elsewhere'};
	const beat = async (count: number) => writeFile(path.join(world.home, 'downloads.lease.json'), formatLease({owner, token: 'theirs'}, count));
	await beat(0);
	const worker = world.workHere();
	await worker.ready;
	assert.deepEqual(worker.reports, [{state: 'elsewhere', host: 'elsewhere'}]);
	await using client = world.client({program: scriptOf(say('{"state":"elsewhere","host":"elsewhere"}'))});
	await assert.rejects(client.downloads.add(request), {code: 'queue_elsewhere', message: /elsewhere/v});
	assert.ok(await isMissing(path.join(world.home, 'downloads.sock')));
	await beat(1);
	assert.equal(await worker.exitCode, 0);
	assert.deepEqual(worker.reports.at(-1), {state: 'held'});
});

test('the queue of an owner that is not heard of for a minute is taken over', async () => {
	await using folder = await temporaryFolder();
	const owner = {...await ownIdentity(), pidNamespace: 'another'};
	await writeFile(folder.join('downloads.lease.json'), formatLease({owner, token: 'theirs'}, 5));
	let clock = 0;
	const hosts: string[] = [];
	const lease = await takeQueue(folder.path, host => {
		hosts.push(host);
		clock += 60_000;
	}, {...queueLease, silences: createSilenceWatch(() => clock)});
	assert.ok(lease);
	assert.deepEqual(hosts, [owner.host]);
	await lease.release();
});

test('a second worker for the same home ends at once, and says so', async () => {
	await using world = await startWorkerWorld({});
	const first = world.workHere();
	await first.ready;
	const second = world.workHere();
	assert.equal(await second.exitCode, 0);
	assert.deepEqual(second.reports, [{state: 'held'}]);
});

test('a home with a path that is too long for a socket has it elsewhere, where only this user comes', async () => {
	const {files, request} = await oneModel(1_000_000);
	await using world = await startWorkerWorld(files, {home: folder => path.join(folder, 'h'.repeat(60), 'o'.repeat(60))});
	await using client = world.client();
	await client.downloads.start();
	await client.downloads.add(request);
	await settle(client, id);
	assert.notEqual(await workerOf(world.home), undefined);
	assert.ok(await isMissing(path.join(world.home, 'downloads.sock')));
	// One that would look elsewhere is told the place.
	await using other = world.client({environment: {XDG_RUNTIME_DIR: '/nowhere', TMPDIR: '/nowhere'}, program: scriptOf('')});
	await other.downloads.forget(id);
	await until(client, downloads => downloads.length === 0);
	await endWorker(world.home);
	assert.ok(await isMissing(path.join(world.home, 'downloads.place')));
	await rm(path.join(world.home, 'models'), {recursive: true});
});

test('who asks lends the worker its ways and its token, which are written nowhere', async () => {
	const token = 'hf_averysecrettokenofmine';
	const {files, request} = await oneModel(1_000_000);
	await using world = await startWorkerWorld(files, {repositories: [{id: 'owner/repo', files, gated: 'auto'}], accounts: {[token]: {granted: ['owner/repo']}}});
	await using stranger = world.client();
	const {id: added} = await stranger.downloads.add(request);
	const refused = await stranger.downloads.settled(added, {signal: never});
	assert.equal(refused.error?.exitCode, 8);
	await using member = world.client({environment: {HF_TOKEN: token}});
	await member.downloads.start();
	await member.downloads.resume(added);
	await settle(member, added);
	const written = await Promise.all(['logs/downloads.log', 'remuda.sqlite'].map(async name => readFile(path.join(world.home, name), 'latin1')));
	assert.ok(written.every(text => !text.includes('averysecret')));
	world.hub.assertNoTokenAtCdn();

	// It was lent, not given.
	await stranger.downloads.forget(added);
	await rm(world.models, {recursive: true});
	await stranger.downloads.add({...request, modelId: 'other'});
	const again = await stranger.downloads.settled('other', {signal: never});
	assert.equal(again.error?.exitCode, 8);
});
