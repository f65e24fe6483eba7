import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	complete,
	completeAgain,
	failureOf,
	oneModel,
	settle,
	startWorld,
	until,
} from './world.js';

const size = 3_000_000;
const hour = 3_600_000;
const broken = {kind: 'truncate', on: 'cdn', afterBytes: 5000} as const;

test('a line that stays away: it is tried again by itself until it is there, and says when', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	const fault = world.hub.fault(broken);
	await using session = await world.open({timing: {againAfter: [20]}});
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	const settled = settle(session, id);
	const [waiting] = await until(session, ([first]) => first?.activity?.includes('(attempt 3)') === true);
	assert.equal(waiting!.status, 'pending');
	assert.match(waiting!.activity!, /^tries again at \d\d:\d\d \(attempt 3\): /v);
	assert.notEqual(waiting!.retryAt, undefined);
	assert.equal(waiting!.error, undefined);
	assert.equal(waiting!.events.at(-1)?.text, waiting!.activity);
	fault.remove();
	const done = await settled;
	assert.equal(done.retryAt, undefined);
	// What came before was kept each time.
	assert.ok(done.fetchedBytes <= size * 1.02, `${done.fetchedBytes} bytes were fetched`);
});

test('the plan outlives the process, resume does not wait for it, and others have the place meanwhile', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	const fault = world.hub.fault({...broken, times: 4});
	const options = {timing: {againAfter: [hour]}};
	const id = request.modelId;
	{
		await using session = await world.open(options);
		await session.config.set('max_concurrent_downloads', 1);
		await session.downloads.start();
		await session.downloads.add(request);
		await until(session, ([first]) => first?.retryAt !== undefined);
		assert.equal(fault.count(), 4);
		// The same model under another name: what the hub has is only one.
		await complete(session, {...request, modelId: 'other'});
	}

	await using session = await world.open(options);
	await session.downloads.start();
	const [kept] = await until(session, ([first]) => first?.activity?.includes('(attempt 2)') === true);
	assert.notEqual(kept!.retryAt, undefined);
	await completeAgain(session, id);
});

test('what is not to keep trying fails, and keeps trying once it is resumed', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	const fault = world.hub.fault(broken);
	await using session = await world.open({timing: {againAfter: [hour]}});
	await session.downloads.start();
	const {id} = await session.downloads.add(request, {keepTrying: false});
	const {status, error} = await session.downloads.settled(id, {signal: AbortSignal.timeout(20_000)});
	assert.deepEqual([status, error?.code, error?.exitCode], ['failed', 'connection_lost', 4]);
	await session.downloads.resume(id);
	const [waiting] = await until(session, ([first]) => first?.retryAt !== undefined);
	assert.equal(waiting!.keepTrying, true);

	// Said by somebody else who only waits: it still keeps trying, but does so at once.
	fault.remove();
	await session.downloads.add(request, {keepTrying: false});
	const {keepTrying} = await settle(session, id);
	assert.equal(keepTrying, true);
});

test('after enough waiting for nothing it fails, and pausing ends the wait', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({kind: 'status', on: 'cdn', status: 500});
	{
		await using session = await world.open({timing: {againAfter: [10], againFor: 20}});
		const {code} = await failureOf(session, request);
		assert.equal(code, 'server_error');
		assert.equal(session.downloads.list()[0]?.events.filter(({text}) => text.startsWith('tries again at')).length, 2);
	}

	await using session = await world.open({timing: {againAfter: [hour]}});
	await session.downloads.start();
	await session.downloads.resume(request.modelId);
	await until(session, ([first]) => first?.retryAt !== undefined);
	await session.downloads.pause(request.modelId);
	assert.deepEqual(session.downloads.list().map(({status, retryAt, activity}) => [status, retryAt, activity]), [['paused', undefined, undefined]]);
});

test('a download that runs is not waited for when it is resumed', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	const {reached, remove} = world.hub.fault({kind: 'hold', path: request.files[0]!.path, at: size / 2});
	await using session = await world.open({timing: {stall: 20_000}});
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await reached;
	await session.downloads.resume(id);
	assert.equal(session.downloads.list()[0]?.status, 'downloading');
	remove();
	await settle(session, id);
});
