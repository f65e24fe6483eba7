import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Config} from '../../../source/types/config.js';
import {generateGguf} from '../../helpers/hub/generate-file.js';
import {type HubFile} from '../../helpers/hub/hub-file.js';
import {startHub, type HubOptions, type HubServer} from '../../helpers/hub/start-hub.js';
import {type Session} from './session.js';
import {
	complete,
	download,
	failureOf,
	modelFile,
	oneModel,
	repository,
	sha256Of,
	startWorld,
	type World,
} from './world.js';

const size = 12_000_000;
const timing = {smallestChunk: 500_000};

async function startMirror(files: Readonly<Record<string, HubFile>>, options: HubOptions = {}): Promise<HubServer> {
	return startHub({repositories: [{id: repository, files}], ...options});
}

async function open(world: World, mirrors: readonly HubServer[], use: Config['downloads']['mirrorUse'], token?: string): Promise<Session> {
	const session = await world.open({timing, ...(token !== undefined && {token})});
	await session.config.set('downloads.connections_per_file', 4);
	await session.config.set('downloads.mirrors', mirrors.map(({url}) => url));
	await session.config.set('downloads.mirror_use', use);
	return session;
}

/**
Bytes that the second host of a server sent, headers included.
*/
function sentBy({requests}: HubServer): number {
	return requests.filter(({server}) => server === 'cdn').reduce((sum, {sentBytes = 0}) => sum + sentBytes, 0);
}

async function assertRight(world: World, file: HubFile): Promise<void> {
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
	assert.deepEqual(await world.leftovers(), []);
}

test('a mirror is not asked while the hub serves', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using mirror = await startMirror(files);
	await using session = await open(world, [mirror], 'in-order');
	await complete(session, request);
	assert.deepEqual(mirror.requests, []);
	await assertRight(world, file);
});

test('where the hub fails in mid-file a mirror brings the rest, without the token, and that is said', async () => {
	const token = 'hf_secretsecretsecret';
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {accounts: {[token]: {granted: []}}});
	await using mirror = await startMirror(files);
	world.hub.fault({
		kind: 'status', on: 'cdn', status: 500, skip: 3,
	});
	await using session = await open(world, [mirror], 'in-order', token);
	const {fetchedBytes, events} = await complete(session, request);
	assert.ok(fetchedBytes <= size * 1.02);
	assert.ok(sentBy(mirror) > size / 4);
	assert.ok(events.some(({text}) => text.startsWith(`left ${new URL(world.hub.url).host}: `)), JSON.stringify(events));
	assert.ok(world.hub.requests.some(({headers}) => headers.authorization !== undefined));
	assert.ok(mirror.requests.every(({headers}) => headers.authorization === undefined));
	await assertRight(world, file);
});

test('a hub that cannot be reached: a mirror with the very content that was chosen will do', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using mirror = await startMirror(files);
	await world.hub.close();
	await using session = await open(world, [mirror], 'in-order');
	const {events} = await complete(session, request);
	assert.ok(events.some(({text}) => text.endsWith('cannot be reached: a mirror has the same file')), JSON.stringify(events));
	await assertRight(world, file);
});

test('a hub that cannot be reached, and nothing known of the content: no mirror may say what it is', async () => {
	const {files, request} = await oneModel(size, {hasHashes: false});
	await using world = await startWorld(files);
	await using mirror = await startMirror(files);
	await world.hub.close();
	await using session = await open(world, [mirror], 'in-order');
	const {code} = await failureOf(session, request);
	assert.equal(code, 'offline');
});

test('a mirror that fails is left for the next one, and for the hub', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using dead = await startMirror(files);
	await using broken = await startMirror(files);
	broken.fault({kind: 'reset', on: 'cdn', afterBytes: 1000});
	await dead.close();
	await using session = await open(world, [dead, broken], 'all');
	const {fetchedBytes, events} = await complete(session, request);
	const left = [dead, broken].map(({url}) => events.filter(({text}) => text.startsWith(`left ${new URL(url).host}: `)).length);
	assert.deepEqual(left, [1, 1], JSON.stringify(events));
	assert.ok(fetchedBytes <= size * 1.02);
	await assertRight(world, file);
});

for (const [name, other] of [
	['another size', generateGguf({sizeBytes: size + 1, seed: 7})],
	['another hash', generateGguf({sizeBytes: size, seed: 8})],
] as const) {
	test(`a mirror that announces ${name} brings nothing`, async () => {
		const {files, file, request} = await oneModel(size);
		await using world = await startWorld(files);
		await using mirror = await startMirror({[modelFile]: other});
		await using session = await open(world, [mirror], 'all');
		const {fetchedBytes, events} = await complete(session, request);
		assert.ok(mirror.requests.length > 0);
		assert.equal(sentBy(mirror), 0);
		assert.equal(events.filter(({text}) => text.startsWith(`left ${new URL(mirror.url).host}: `)).length, 1);
		assert.ok(fetchedBytes <= size * 1.02);
		await assertRight(world, file);
	});
}

test('ranges of one file come from all servers', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {connectionBytesPerSecond: 3_000_000});
	await using mirror = await startMirror(files, {connectionBytesPerSecond: 3_000_000});
	await using session = await open(world, [mirror], 'all');
	let hosts = 0;
	session.downloads.subscribe(([first]) => {
		hosts = Math.max(hosts, first?.hosts.length ?? 0);
	});
	const {fetchedBytes} = await complete(session, request);
	assert.equal(hosts, 2);
	assert.ok(fetchedBytes <= size * 1.02);
	assert.ok(sentBy(mirror) > size / 4);
	assert.ok(sentBy(world.hub) > size / 4);
	await assertRight(world, file);
});

test('a mirror that sends wrong bytes: only its own are fetched again, from the hub', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {connectionBytesPerSecond: 3_000_000});
	await using mirror = await startMirror(files, {connectionBytesPerSecond: 3_000_000});
	mirror.fault({kind: 'wrong-bytes', on: 'cdn', afterBytes: 100});
	await using session = await open(world, [mirror], 'all');
	const {fetchedBytes, events} = await complete(session, request);
	assert.ok(events.some(({text}) => text.startsWith('the file is wrong: fetching')), JSON.stringify(events));
	const fromMirror = fetchedBytes - size;
	assert.ok(fromMirror > size / 4, `${fromMirror} bytes came from the mirror`);
	assert.ok(fromMirror < size * 0.75);
	// What the hub had brought was kept: it sent the file once.
	assert.ok(sentBy(world.hub) < size * 1.05, `${sentBy(world.hub)} bytes came from the hub`);
	await assertRight(world, file);
});

test('the hub\'s own wrong bytes are thrown away as a whole, mirrors or not', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using mirror = await startMirror(files);
	world.hub.fault({kind: 'wrong-bytes', on: 'cdn', at: 6_000_000});
	await using session = await open(world, [mirror], 'in-order');
	const {error, receivedBytes} = await download(session, request);
	assert.equal(error?.code, 'checksum_mismatch');
	assert.equal(receivedBytes, 0);
	assert.equal(await world.leftoverBytes(), 0);
});

test('the fastest server is found out with bytes that the file needs anyway', async () => {
	const large = 60_000_000;
	const {files, file, request} = await oneModel(large);
	await using world = await startWorld(files, {bytesPerSecond: 1_000_000});
	await using slow = await startMirror(files, {bytesPerSecond: 2_000_000});
	await using fast = await startMirror(files);
	await using gone = await startMirror(files);
	await gone.close();
	await using session = await open(world, [slow, gone, fast], 'auto');
	const {fetchedBytes, events} = await complete(session, request);
	assert.ok(events.some(({text}) => text === `${new URL(fast.url).host} is the fastest server`), JSON.stringify(events));
	assert.ok(sentBy(fast) > large * 0.9);
	assert.ok(fetchedBytes <= large * 1.02, `${fetchedBytes} bytes were fetched`);
	await assertRight(world, file);
});

test('a mirror that leads to plain http elsewhere is left', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using mirror = await startMirror(files);
	mirror.fault({kind: 'redirect', on: 'cdn', location: ['http', '//example.com/model.gguf'].join(':')});
	await using session = await open(world, [mirror], 'all');
	const {events} = await complete(session, request);
	assert.ok(events.some(({text}) => /^left .+ only https is safe$/v.test(text)), JSON.stringify(events));
	await assertRight(world, file);
});
