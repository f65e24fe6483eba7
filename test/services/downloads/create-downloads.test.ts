import assert from 'node:assert/strict';
import {
	cp,
	mkdir,
	readFile,
	rm,
	statfs,
	utimes,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {type Download} from '../../../source/types/download.js';
import {generateGguf} from '../../helpers/hub/generate-file.js';
import {commitOf} from '../../helpers/hub/hub-repository.js';
import {inSequence} from '../../helpers/in-sequence.js';
import {
	complete,
	download,
	failureOf,
	haveArrived,
	isMissing,
	modelFile,
	never,
	oneModel,
	requestFor,
	settle,
	sha256Of,
	startWorld,
	until,
} from './world.js';

const size = 4_000_000;

test('a download is fetched, verified, put in place and recorded with what its header tells', async () => {
	const {files, file, request} = await oneModel(size, {license: 'mit', family: 'llama'});
	await using world = await startWorld(files);
	await using session = await world.open();
	const statuses: string[] = [];
	session.downloads.subscribe(([first]) => {
		if (first !== undefined && statuses.at(-1) !== first.status) {
			statuses.push(first.status);
		}
	});
	const done = await download(session, request);
	assert.deepEqual(statuses, ['pending', 'downloading', 'verifying', 'completed']);
	assert.equal(done.receivedBytes, size);
	assert.equal(done.fetchedBytes, size);
	assert.equal(done.resumedBytes, 0);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
	assert.deepEqual(await world.leftovers(), []);
	const [model] = await session.manifest.list();
	assert.equal(model?.id, 'owner-repo-q4_k_m');
	assert.equal(model?.path, world.target(modelFile));
	assert.equal(model?.checksum, `sha256:${await file.sha256()}`);
	assert.equal(model?.sizeBytes, size);
	assert.equal(model?.license, 'mit');
	assert.equal(model?.contextLength, 4096);
	assert.equal(model?.architecture?.name, 'llama');
});

test('the token goes to the hub and never to the second host, not even after a broken connection', async () => {
	const token = 'hf_secretsecretsecret';
	const {files, request} = await oneModel(size);
	await using world = await startWorld({}, {repositories: [{id: 'owner/repo', files, gated: 'auto'}], accounts: {[token]: {granted: ['owner/repo']}}});
	world.hub.fault({
		kind: 'reset', on: 'cdn', afterBytes: 1_000_000, times: 2,
	});
	await using session = await world.open({token});
	await complete(session, request);
	assert.ok(world.hub.requests.some(({server, headers}) => server === 'hub' && headers.authorization === `Bearer ${token}`));
	world.hub.assertNoTokenAtCdn();
	assert.doesNotMatch(JSON.stringify(session.downloads.list()), /hf_secret|X-Amz/v);
	const database = await readFile(path.join(world.home, 'remuda.sqlite'), 'latin1');
	assert.doesNotMatch(database, /hf_secret|X-Amz/v);
});

test('a gate without a token: what to do is said, exit code and all', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld({}, {repositories: [{id: 'owner/repo', files, gated: 'auto'}]});
	await using session = await world.open();
	const {error} = await download(session, request);
	assert.equal(error?.code, 'gated_repository');
	assert.match(error.hint ?? '', /log in/v);
});

test('at most as many run at once as the config says, in order, and a change takes effect while they run', async () => {
	const names = ['a', 'b', 'c', 'd'].map(name => `${name}-Q8_0.gguf`);
	const files = Object.fromEntries(names.map((name, index) => [name, generateGguf({sizeBytes: 2_000_000, seed: index})]));
	await using world = await startWorld(files, {bytesPerSecond: 1_000_000});
	await using session = await world.open();
	const running = (downloads: readonly Download[]) => downloads.filter(({status}) => status === 'downloading').map(({id}) => id);
	let most = 0;
	session.downloads.subscribe(downloads => {
		most = Math.max(most, running(downloads).length);
	});
	await session.downloads.start();
	for await (const name of inSequence(names)) {
		await session.downloads.add(await requestFor({[name]: files[name]!}, {modelId: name.toLowerCase()}));
	}

	assert.deepEqual(session.downloads.list().map(({id}) => id), names.map(name => name.toLowerCase()));
	await until(session, downloads => running(downloads).length === 2);
	assert.deepEqual(running(session.downloads.list()), names.slice(0, 2).map(name => name.toLowerCase()));
	assert.equal(most, 2);
	await session.config.set('max_concurrent_downloads', 3);
	await until(session, downloads => running(downloads).length === 3);
	await session.config.set('max_concurrent_downloads', 1);
	await until(session, downloads => running(downloads).length === 1);
	assert.deepEqual(running(session.downloads.list()), [names[0]!.toLowerCase()]);
	world.hub.setRate({});
	await until(session, downloads => downloads.every(({status}) => status === 'completed'));
	assert.equal(most, 3);
});

test('pause keeps what came, resume goes on with it', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 4_000_000});
	await using session = await world.open();
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 1_000_000);
	await session.downloads.pause(id);
	const [paused] = session.downloads.list();
	assert.equal(paused?.status, 'paused');
	assert.equal(await session.downloads.settled(id, {signal: never}), paused);
	assert.equal(await world.leftoverBytes(), paused?.receivedBytes);
	world.hub.setRate({});
	await session.downloads.resume(id);
	const done = await settle(session, id);
	assert.ok(done.fetchedBytes < size * 1.1);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
});

test('cancel deletes what came; resuming starts from nothing', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 4_000_000});
	await using session = await world.open();
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 1_000_000);
	await session.downloads.cancel(id);
	assert.equal(session.downloads.list()[0]?.status, 'cancelled');
	assert.equal(session.downloads.list()[0]?.receivedBytes, 0);
	assert.deepEqual(await world.leftovers(), []);
	world.hub.setRate({});
	await session.downloads.resume(id);
	const {status, fetchedBytes} = await session.downloads.settled(id, {signal: AbortSignal.timeout(20_000)});
	assert.equal(status, 'completed');
	assert.equal(fetchedBytes, size);
});

test('a pending download can be paused and cancelled without ever having run', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await world.open();
	const {id} = await session.downloads.add(request);
	await session.downloads.pause(id);
	await session.downloads.start();
	assert.equal(session.downloads.list()[0]?.status, 'paused');
	await session.downloads.cancel(id);
	assert.equal(session.downloads.list()[0]?.status, 'cancelled');
	assert.equal(world.hub.requests.length, 0);
});

test('the queue is there after a restart: what ran goes on, what was paused stays paused', async () => {
	const names = ['a-Q8_0.gguf', 'b-Q8_0.gguf'];
	const files = Object.fromEntries(names.map((name, index) => [name, generateGguf({sizeBytes: size, seed: index})]));
	await using world = await startWorld(files, {bytesPerSecond: 4_000_000});
	let received: number;
	{
		await using session = await world.open();
		await session.downloads.start();
		await session.downloads.add(await requestFor({'a-Q8_0.gguf': files['a-Q8_0.gguf']!}, {modelId: 'a'}));
		await session.downloads.add(await requestFor({'b-Q8_0.gguf': files['b-Q8_0.gguf']!}, {modelId: 'b'}));
		await until(session, downloads => downloads.every(({receivedBytes}) => receivedBytes > 500_000));
		await session.downloads.pause('b');
		const waiting = session.downloads.settled('a', {signal: never});
		const rejected = assert.rejects(waiting, {code: 'interrupted'});
		await session.downloads.close();
		await rejected;
		received = session.downloads.list()[0]!.receivedBytes;
		assert.equal(session.downloads.list()[0]?.status, 'pending');
	}

	world.hub.setRate({});
	await using session = await world.open();
	await session.downloads.start();
	assert.deepEqual(session.downloads.list().map(({id}) => id), ['a', 'b']);
	const done = await settle(session, 'a');
	assert.ok(done.resumedBytes >= received);
	assert.equal(done.resumedBytes + done.fetchedBytes, size);
	assert.equal(session.downloads.list()[1]?.status, 'paused');
});

test('adding what is queued gives what is there; adding what is installed is refused', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await world.open();
	const first = await session.downloads.add(request);
	assert.equal(await session.downloads.add(request), first);
	await download(session, request);
	await assert.rejects(session.downloads.add(request), {code: 'already_installed', exitCode: 2});
	// Gone from the disk is not installed.
	await rm(world.target(modelFile));
	await complete(session, request);
});

test('what does not fit is refused before it starts, and all that is queued counts', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await world.open();
	const {bavail, bsize} = await statfs(world.home);
	const sized = (modelId: string, share: number) => ({...request, modelId, files: [{...request.files[0]!, sizeBytes: Math.floor(bavail * bsize * share)}]});
	await assert.rejects(session.downloads.add(sized('too-large', 1.5)), {code: 'disk_full', exitCode: 6});
	const {id} = await session.downloads.add(sized('half', 0.6));
	await session.downloads.pause(id);
	await assert.rejects(session.downloads.add(sized('other-half', 0.6)), {code: 'disk_full'});
	assert.deepEqual(session.downloads.list().map(queued => queued.id), ['half']);
	await session.downloads.cancel(id);
	await session.downloads.add(sized('other-half', 0.6));
	await assert.rejects(session.downloads.resume(id), {code: 'disk_full'});
	assert.equal(session.downloads.list().find(queued => queued.id === id)?.status, 'cancelled');
});

test('two shards and an mmproj are one download, and none appears before all are right', async () => {
	const names = ['m-Q4_K_M-00001-of-00002.gguf', 'm-Q4_K_M-00002-of-00002.gguf', 'mmproj-F16.gguf'];
	const files = Object.fromEntries(names.map((name, index) => [name, generateGguf({sizeBytes: 1_500_000, seed: index})]));
	await using world = await startWorld(files);
	const fault = world.hub.fault({
		kind: 'wrong-bytes', on: 'cdn', path: 'mmproj', afterBytes: 1_000_000,
	});
	await using session = await world.open();
	const request = await requestFor(files);
	const failed = await download(session, request);
	assert.equal(failed.error?.code, 'checksum_mismatch');
	assert.match(failed.error.message, /mmproj-F16\.gguf/v);
	assert.ok(await isMissing(world.target(names[0]!)));
	fault.remove();
	const done = await complete(session, request);
	assert.equal(done.totalBytes, 4_500_000);
	// The shards that were right were not fetched again.
	assert.equal(done.fetchedBytes, 1_500_000);
	assert.equal(done.resumedBytes, 3_000_000);
	const [model] = await session.manifest.list();
	assert.equal(model?.path, world.target(names[0]!));
	assert.deepEqual(model?.files.map(({role}) => role), ['shard', 'shard', 'mmproj']);
	assert.ok(await haveArrived(world, files));
});

test('a revision is resolved once: all files come from one commit, even when the branch moves on', async () => {
	const names = ['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf'];
	const filesOf = (seed: number) => Object.fromEntries(names.map((name, index) => [name, generateGguf({sizeBytes: 1_000_000, seed: seed + index})]));
	const old = filesOf(0);
	await using world = await startWorld(old);
	await using session = await world.open();
	world.hub.fault({
		kind: 'slow', on: 'cdn', bytesPerSecond: 2_000_000, times: 1,
	});
	await session.downloads.start();
	const {id} = await session.downloads.add(await requestFor(old, {hasHashes: false}));
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 100_000);
	world.hub.publish({id: 'owner/repo', files: filesOf(10)});
	await settle(session, id);
	assert.ok(await haveArrived(world, old));
});

test('a commit that is gone: all files come from the new one', async () => {
	const names = ['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf'];
	const filesOf = (seed: number) => Object.fromEntries(names.map((name, index) => [name, generateGguf({sizeBytes: 1_000_000, seed: seed + index})]));
	const [old, renewed] = [filesOf(0), filesOf(10)];
	await using world = await startWorld(old);
	await using session = await world.open();
	await session.downloads.start();
	world.hub.fault({
		kind: 'slow', on: 'cdn', path: names[1]!, bytesPerSecond: 1_000_000, times: 1,
	});
	world.hub.fault({
		kind: 'reset', on: 'cdn', path: names[1]!, afterBytes: 500_000, times: 1,
	});
	const {id} = await session.downloads.add(await requestFor(old, {hasHashes: false}));
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 1_000_000);
	world.hub.publish({id: 'owner/repo', files: renewed});
	world.hub.fault({
		kind: 'status', on: 'hub', path: `/resolve/${commitOf({id: 'owner/repo', files: old})}/`, status: 404, headers: {'x-error-code': 'RevisionNotFound'},
	});
	// Else the address that the hub gave before would do.
	world.hub.fault({
		kind: 'status', on: 'cdn', path: names[1]!, status: 403, times: 1,
	});
	await settle(session, id);
	assert.ok(await haveArrived(world, renewed));
});

test('a file that is in place already, with the right hash, is not fetched again', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await world.open();
	await download(session, request);
	await session.manifest.delete(request.modelId);
	await session.downloads.forget(request.modelId);
	const done = await complete(session, request);
	assert.equal(done.fetchedBytes, 0);
	assert.equal(done.resumedBytes, size);
	const models = await session.manifest.list();
	assert.equal(models.length, 1);
});

test('a file in place that is not the right one is replaced as a whole', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	await mkdir(path.dirname(world.target(modelFile)), {recursive: true});
	await writeFile(world.target(modelFile), 'an older version');
	await using session = await world.open();
	await complete(session, request);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
});

test('what a journal vouches for stays at every start: failed, of another home, however late; other old folders go', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({kind: 'truncate', on: 'cdn', afterBytes: 5000});
	const own = path.join(world.partials, request.modelId);
	const stranger = path.join(world.partials, 'stranger', '0.partial');
	const foreign = path.join(world.partials, 'of-another-home');
	{
		await using session = await world.open();
		const {code} = await failureOf(session, request);
		assert.equal(code, 'connection_lost');
		await mkdir(path.dirname(stranger));
		await writeFile(stranger, 'left behind');
		await cp(own, foreign, {recursive: true});
		assert.equal(await session.downloads.isPartialNeeded(own), true);
		assert.equal(await session.downloads.isPartialNeeded(path.join(own, '0.partial')), true);
		assert.equal(await session.downloads.isPartialNeeded(stranger), false);
		assert.equal(await session.downloads.isPartialNeeded(foreign), false);
	}

	const hour = 3_600_000;
	{
		await using session = await world.open({now: () => Date.now() + (23 * hour)});
		await session.downloads.start();
		assert.equal(await isMissing(stranger), false);
	}

	await using session = await world.open({now: () => Date.now() + (1000 * hour)});
	await session.downloads.start();
	assert.equal(await isMissing(path.dirname(stranger)), true);
	assert.equal(await isMissing(path.join(foreign, '0.partial')), false);
	assert.equal(await session.downloads.isPartialNeeded(own), true);
	assert.equal(session.downloads.list()[0]?.status, 'failed');
	assert.ok((session.downloads.list()[0]?.receivedBytes ?? 0) > 0);
});

test('a folder that was touched lately is not stale, however old the rest of it is', async () => {
	await using world = await startWorld({});
	const folder = path.join(world.partials, 'someone');
	await mkdir(folder, {recursive: true});
	await writeFile(path.join(folder, '0.partial'), 'new');
	await utimes(folder, new Date(0), new Date(0));
	await using session = await world.open();
	await session.downloads.start();
	assert.equal(await isMissing(path.join(folder, '0.partial')), false);
});

test('forget takes a done one off the list, and refuses one that is not done', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await world.open();
	const {id} = await session.downloads.add(request);
	await assert.rejects(session.downloads.forget(id), {code: 'download_active'});
	await download(session, request);
	await session.downloads.forget(id);
	assert.deepEqual(session.downloads.list(), []);
	await assert.rejects(session.downloads.pause(id), {code: 'download_not_found', exitCode: 3});
	assert.equal(await isMissing(world.target(modelFile)), false);
});

test('the list is the same array until something changes, and progress is told at most ten times a second', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 2_000_000});
	await using session = await world.open();
	const times: number[] = [];
	let last: Download | undefined;
	const strays: unknown[] = [];
	session.downloads.subscribe(downloads => {
		if (session.downloads.list() !== downloads) {
			strays.push(downloads);
		}

		if (last?.status === 'downloading' && downloads[0]?.status === 'downloading') {
			times.push(performance.now());
		}

		[last] = downloads;
	});
	const {bytesPerSecond, etaSeconds} = await download(session, request);
	assert.deepEqual(strays, []);
	assert.equal(session.downloads.list(), session.downloads.list());
	assert.equal(bytesPerSecond, undefined);
	assert.equal(etaSeconds, undefined);
	const perSecond = times.length / ((times.at(-1)! - times[0]!) / 1000);
	assert.ok(perSecond < 11, `${perSecond} a second`);
	assert.ok(times.length > 5);
});

test('rate and time left are told once they are known', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 1_000_000});
	await using session = await world.open();
	await session.downloads.start();
	await session.downloads.add(request);
	const [first] = await until(session, ([head]) => head?.bytesPerSecond !== undefined);
	assert.ok(Math.abs(first!.bytesPerSecond! - 1_000_000) < 500_000, String(first!.bytesPerSecond));
	assert.ok(first!.etaSeconds! >= 1);
	assert.ok(first!.etaSeconds! <= 8);
	assert.match(first!.hosts[0] ?? '', /^127\.0\.0\.1:/v);
	world.hub.setRate({});
});

test('a download that another process works on waits for it', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 4_000_000});
	await using first = await world.open();
	await first.downloads.start();
	await first.downloads.add(request);
	await until(first, ([head]) => (head?.receivedBytes ?? 0) > 500_000);
	await using second = await world.open();
	await second.downloads.start();
	await until(second, ([head]) => head?.activity === 'another Remuda is working on it');
	await assert.rejects(second.downloads.cancel(request.modelId), {code: 'download_elsewhere'});
	world.hub.setRate({});
	await settle(first, request.modelId);
	const {status, fetchedBytes} = await second.downloads.settled(request.modelId, {signal: AbortSignal.timeout(20_000)});
	assert.equal(status, 'completed');
	assert.equal(fetchedBytes, 0);
});
