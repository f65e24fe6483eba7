import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Download} from '../../../source/types/download.js';
import {generateGguf} from '../../helpers/hub/generate-file.js';
import {type LoggedRequest} from '../../helpers/hub/request-log.js';
import {type Session} from './session.js';
import {
	complete,
	modelFile,
	oneModel,
	settle,
	sha256Of,
	startWorld,
	until,
	type World,
} from './world.js';

// Several connections for one file: small chunks, so that small files have many.

const size = 12_000_000;
const timing = {smallestChunk: 500_000};

async function open(world: World, connections: number): Promise<Session> {
	const session = await world.open({timing});
	await session.config.set('downloads.connections_per_file', connections);
	return session;
}

function rangesOf({hub}: World): ReadonlyArray<{readonly start: number; readonly end: number}> {
	return hub.requests.filter(({server}) => server === 'cdn').map(({headers}) => {
		const {start, end} = /^bytes=(?<start>\d+)-(?<end>\d*)$/v.exec(headers.range ?? '')?.groups ?? {};
		return {start: Number(start), end: end === '' ? size : Number(end) + 1};
	});
}

function count({hub}: World, isMeant: (request: LoggedRequest) => boolean): number {
	return hub.requests.filter(request => isMeant(request)).length;
}

/**
How many connections bring bytes.
*/
function busy(downloads: readonly Download[]): number {
	return downloads[0]?.segments.filter(({host}) => host !== undefined).length ?? 0;
}

async function assertRight(world: World, expected: string): Promise<void> {
	assert.equal(await sha256Of(world.target(modelFile)), expected);
	assert.deepEqual(await world.leftovers(), []);
}

test('the ranges of a file come over several connections, in order, each byte once', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {connectionBytesPerSecond: 4_000_000});
	await using session = await open(world, 4);
	let most = 0;
	session.downloads.subscribe(downloads => {
		most = Math.max(most, busy(downloads));
	});
	const {fetchedBytes} = await complete(session, request);
	assert.equal(most, 4);
	assert.ok(fetchedBytes <= size * 1.02, `${fetchedBytes} bytes were fetched`);
	const ranges = rangesOf(world);
	assert.ok(ranges.length >= 8, `${ranges.length} requests`);
	assert.equal(ranges[0]?.start, 0);
	// What another connection takes over at the end is the only thing out of order.
	const inOrder = ranges.slice(0, 6);
	assert.deepEqual(inOrder, inOrder.toSorted((one, other) => one.start - other.start));
	assert.ok(inOrder.every(({start}, index) => index === 0 || start === inOrder[index - 1]!.end));
	await assertRight(world, await file.sha256());
});

test('the first request goes alone', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'delay', on: 'cdn', milliseconds: 300, times: 1,
	});
	await using session = await open(world, 4);
	await session.downloads.start();
	const added = await session.downloads.add(request);
	await until(session, () => count(world, ({server}) => server === 'cdn') > 0);
	assert.equal(count(world, ({server}) => server === 'cdn'), 1);
	await settle(session, added.id);
	assert.ok(count(world, ({server}) => server === 'cdn') > 4);
});

test('one connection is one request to the end of the file', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await open(world, 1);
	const {fetchedBytes} = await complete(session, request);
	assert.equal(fetchedBytes, size);
	assert.deepEqual(rangesOf(world), [{start: 0, end: size}]);
});

test('a slow connection is helped out, down to its last bytes', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {connectionBytesPerSecond: 4_000_000});
	// Alone it would need two minutes for its range.
	world.hub.fault({
		kind: 'slow', at: 3_000_000, bytesPerSecond: 10_000, times: 1,
	});
	await using session = await open(world, 4);
	const start = performance.now();
	const {fetchedBytes} = await complete(session, request);
	assert.ok(performance.now() - start < 15_000);
	assert.ok(fetchedBytes <= size * 1.02, `${fetchedBytes} bytes were fetched`);
	await assertRight(world, await file.sha256());
});

test('the number of connections follows the config, up and down', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {connectionBytesPerSecond: 500_000});
	await using session = await open(world, 1);
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, downloads => busy(downloads) === 1);
	await session.config.set('downloads.connections_per_file', 5);
	await until(session, downloads => busy(downloads) === 5);
	await session.config.set('downloads.connections_per_file', 2);
	await until(session, downloads => busy(downloads) === 2);
	world.hub.setRate({});
	const {fetchedBytes} = await settle(session, id);
	assert.ok(fetchedBytes <= size * 1.05, `${fetchedBytes} bytes were fetched`);
	await assertRight(world, await file.sha256());
});

for (const status of [429, 503] as const) {
	test(`a server that allows two connections and answers ${status} to more is not asked for more`, async () => {
		const {files, file, request} = await oneModel(size);
		await using world = await startWorld(files, {connectionLimit: {count: 2, status}, connectionBytesPerSecond: 4_000_000});
		await using session = await open(world, 8);
		const {fetchedBytes, events} = await complete(session, request);
		assert.ok(fetchedBytes <= size * 1.02);
		assert.ok(events.some(({text}) => /going on with \d+ connections?$/v.test(text)), JSON.stringify(events));
		assert.ok(count(world, ({status: given}) => given === status) < 16);
		await assertRight(world, await file.sha256());
	});
}

test('a server that asks to wait is left alone for so long, by all connections', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	const handle = world.hub.fault({
		kind: 'status', on: 'cdn', status: 429, headers: {'retry-after': '1'}, times: 2,
	});
	await using session = await open(world, 8);
	const start = performance.now();
	await complete(session, request);
	assert.ok(performance.now() - start >= 2000);
	assert.equal(handle.count(), 2);
	// The address is good still: the hub, which has a rate limit as well, is not asked again.
	assert.equal(count(world, ({server, method}) => server === 'hub' && method === 'HEAD'), 1);
	await assertRight(world, await file.sha256());
});

test('connections that there are too many of bring what they are at: nothing is sent twice', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {connectionBytesPerSecond: 500_000});
	await using session = await open(world, 5);
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, downloads => busy(downloads) === 5 && (downloads[0]?.receivedBytes ?? 0) > 1_000_000);
	await session.config.set('downloads.connections_per_file', 1);
	world.hub.setRate({connectionBytesPerSecond: 2_000_000});
	await until(session, downloads => busy(downloads) === 1);
	world.hub.setRate({});
	await settle(session, id);
	const sent = world.hub.requests.filter(({server}) => server === 'cdn').reduce((sum, {sentBytes = 0}) => sum + sentBytes, 0);
	assert.ok(sent <= size * 1.02, `${sent} bytes were sent`);
	await assertRight(world, await file.sha256());
});

test('a server that ignores Range sends one stream', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 12_000_000});
	world.hub.fault({kind: 'ignore-range', on: 'cdn'});
	await using session = await open(world, 8);
	let most = 0;
	session.downloads.subscribe(downloads => {
		most = Math.max(most, busy(downloads));
	});
	const {fetchedBytes} = await complete(session, request);
	assert.equal(most, 1);
	assert.equal(fetchedBytes, size);
	assert.equal(count(world, ({server}) => server === 'cdn'), 1);
	await assertRight(world, await file.sha256());
});

/**
Stops a download that has come in over four connections, with gaps between what is there.
*/
async function stopWithGaps(world: World, session: Session, request: Parameters<typeof complete>[1]): Promise<string> {
	world.hub.setRate({connectionBytesPerSecond: 1_000_000});
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 3_000_000 && first!.segments.filter(({host, received, start}) => host !== undefined && received > start).length > 2);
	await session.downloads.pause(id);
	world.hub.setRate({});
	return id;
}

test('a file with gaps is filled, and nothing that was there is fetched again', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await open(world, 4);
	const id = await stopWithGaps(world, session, request);
	const before = session.downloads.list()[0]!;
	const requests = world.hub.requests.length;
	await session.downloads.resume(id);
	const done = await settle(session, id);
	assert.ok(done.fetchedBytes <= size * 1.02, `${done.fetchedBytes} bytes were fetched`);
	assert.ok(before.receivedBytes < size);
	const ranges = world.hub.requests.slice(requests).filter(({server}) => server === 'cdn');
	assert.ok(ranges.length > 3, 'there were gaps');
	await assertRight(world, await file.sha256());
});

test('a server that cannot resume a file with gaps is passed over where bytes are there', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await open(world, 4);
	const id = await stopWithGaps(world, session, request);
	world.hub.fault({kind: 'ignore-range', on: 'cdn'});
	await session.downloads.resume(id);
	const {events} = await settle(session, id);
	assert.ok(events.some(({text}) => text.startsWith('the server cannot resume: passing over')), JSON.stringify(events));
	await assertRight(world, await file.sha256());
});

test('a file that changes under several connections: all end, the hub is asked, it is started again and said', async () => {
	const {files, request} = await oneModel(size, {hasHashes: false});
	const changed = generateGguf({sizeBytes: size, seed: 8});
	await using world = await startWorld(files, {connectionBytesPerSecond: 1_000_000});
	await using session = await open(world, 4);
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 2_000_000);
	world.hub.fault({kind: 'other-file', file: changed});
	world.hub.setRate({});
	const {events} = await settle(session, id);
	assert.ok(events.some(({text}) => text === 'the file changed on the hub: started again'), JSON.stringify(events));
	await assertRight(world, await changed.sha256());
});

test('an address that expires under several connections is renewed once for all of them', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {connectionBytesPerSecond: 4_000_000});
	world.hub.fault({
		kind: 'status', on: 'cdn', status: 403, skip: 1, times: 3,
	});
	await using session = await open(world, 4);
	const {fetchedBytes, events} = await complete(session, request);
	assert.equal(count(world, ({server, status}) => server === 'cdn' && status === 403), 3);
	assert.equal(count(world, ({server, method}) => server === 'hub' && method === 'HEAD'), 2);
	assert.equal(events.filter(({text}) => text === 'the address of the file had expired: asked for a new one').length, 1);
	assert.ok(fetchedBytes <= size * 1.02);
	await assertRight(world, await file.sha256());
});

test('connections that break again and again go on where they were', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'reset', on: 'cdn', afterBytes: 300_000, times: 12,
	});
	await using session = await open(world, 4);
	const {fetchedBytes} = await complete(session, request);
	assert.ok(fetchedBytes <= size * 1.02, `${fetchedBytes} bytes were fetched`);
	await assertRight(world, await file.sha256());
});

test('a cap on the rate is no stall', async () => {
	const {files, file, request} = await oneModel(600_000);
	await using world = await startWorld(files);
	await using session = await world.open({timing: {stall: 150}});
	await session.config.set('downloads.rate_limit_bytes', 300_000);
	const {fetchedBytes, events} = await complete(session, request);
	assert.equal(fetchedBytes, 600_000);
	assert.ok(events.every(({text}) => !text.includes('retry')), JSON.stringify(events));
	await assertRight(world, await file.sha256());
});

test('the segments tell what is there and where it comes from', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files, {connectionBytesPerSecond: 1_000_000});
	await using session = await open(world, 4);
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	const [first] = await until(session, downloads => busy(downloads) === 4 && (downloads[0]?.receivedBytes ?? 0) > 2_000_000);
	const {segments, hosts, connections, currentFile} = first!;
	assert.equal(connections, 4);
	assert.deepEqual(hosts, [new URL(world.hub.cdnUrl).host]);
	assert.equal(currentFile, 0);
	assert.ok(segments.length <= 64);
	assert.ok(segments.every(({start, received, end}, index) => start <= received && received <= end && start >= (segments[index - 1]?.end ?? 0)), JSON.stringify(segments));
	world.hub.setRate({});
	const done = await settle(session, id);
	assert.deepEqual(done.segments, []);
});
