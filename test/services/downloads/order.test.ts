import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createConfigStore} from '../../../source/services/config/create-config-store.js';
import {type Download} from '../../../source/types/download.js';
import {generateGguf} from '../../helpers/hub/generate-file.js';
import {inSequence} from '../../helpers/in-sequence.js';
import {type Session} from './session.js';
import {
	complete,
	oneModel,
	requestFor,
	settle,
	startWorld,
	until,
	type World,
} from './world.js';

const size = 2_000_000;
const names = ['a', 'b', 'c', 'd'] as const;
const files = Object.fromEntries(names.map((name, index) => [`${name}-Q8_0.gguf`, generateGguf({sizeBytes: size, seed: index})]));

async function requestOf(name: string) {
	const file = `${name}-Q8_0.gguf`;
	return requestFor({[file]: files[file]!}, {modelId: name});
}

async function addAll(session: Session, ids: readonly string[]): Promise<void> {
	for await (const name of inSequence(ids)) {
		await session.downloads.add(await requestOf(name));
	}
}

async function slowWorld(): Promise<World> {
	return startWorld(files, {bytesPerSecond: 200_000});
}

const order = (downloads: readonly Download[]) => downloads.map(({id}) => id).join('');
const running = (downloads: readonly Download[]) => downloads.filter(({status}) => status === 'downloading').map(({id}) => id).join('');
const eventsOf = (session: Session, id: string) => session.downloads.list().find(download => download.id === id)?.events.map(({text}) => text) ?? [];

test('those of a higher priority go first, and take the places of those that run', async () => {
	await using world = await slowWorld();
	await using session = await world.open();
	await session.config.set('max_concurrent_downloads', 1);
	await session.downloads.start();
	await addAll(session, ['a', 'b']);
	await until(session, downloads => running(downloads) === 'a');
	await session.downloads.add(await requestOf('c'), {priority: 'high'});
	await until(session, downloads => running(downloads) === 'c');
	assert.equal(order(session.downloads.list()), 'cab');
	const [, given] = session.downloads.list();
	assert.equal(given?.status, 'pending');
	assert.equal(given.activity, 'waits for its turn');
	assert.ok(eventsOf(session, 'a').includes('gave its place up to one that goes first'));
	// What came of it is kept, and gone on with.
	await session.downloads.configure('c', {priority: 'low'});
	await until(session, downloads => running(downloads) === 'a');
	assert.equal(order(session.downloads.list()), 'abc');
	world.hub.setRate({});
	const done = await settle(session, 'a');
	assert.ok(done.fetchedBytes < size * 1.2);
	await until(session, downloads => downloads.every(({status}) => status === 'completed'));
});

test('what is moved to the front runs, among those of its priority, and the order is there after a restart', async () => {
	await using world = await slowWorld();
	{
		await using session = await world.open();
		await session.config.set('max_concurrent_downloads', 1);
		await session.downloads.start();
		await addAll(session, ['a', 'b', 'c']);
		await session.downloads.add(await requestOf('d'), {priority: 'low'});
		await until(session, downloads => running(downloads) === 'a');
		await session.downloads.move('c', 'first');
		await until(session, downloads => running(downloads) === 'c');
		assert.equal(order(session.downloads.list()), 'cabd');
		await session.downloads.move('c', 'down');
		await session.downloads.move('d', 'first');
		await session.downloads.move('b', 'up');
		assert.equal(order(session.downloads.list()), 'abcd');
		await session.downloads.move('a', 'last');
		assert.equal(order(session.downloads.list()), 'bcad');
		assert.ok(eventsOf(session, 'a').includes('moved to place 3 of 3'));
		await assert.rejects(session.downloads.move('nobody', 'first'), {code: 'download_not_found'});
	}

	await using session = await world.open();
	await session.downloads.start();
	assert.equal(order(session.downloads.list()), 'bcad');
	assert.equal(session.downloads.list().at(-1)?.priority, 'low');
	await until(session, downloads => running(downloads) === 'b');
});

test('a cap of its own holds, is changed while it runs, and is kept', async () => {
	await using world = await startWorld(files);
	await using session = await world.open();
	await session.downloads.start();
	await session.downloads.add(await requestOf('a'), {rateLimit: 50_000});
	const [capped] = await until(session, ([first]) => (first?.receivedBytes ?? 0) > 0);
	assert.equal(capped?.rateLimit, 50_000);
	// All of it would take 40 s.
	await session.downloads.configure('a', {rateLimit: 1_000_000});
	await session.downloads.configure('a', {rateLimit: null});
	const done = await settle(session, 'a');
	assert.equal(done.rateLimit, undefined);
	assert.deepEqual(done.events.map(({text}) => text).filter(text => text.includes('cap')), ['capped at 1.00 MB/s', 'no cap of its own any more']);
	await assert.rejects(session.downloads.configure('a', {rateLimit: -1}), {code: 'invalid_download_settings', exitCode: 2});
});

test('the cap of the config holds for all together, also when another process sets it', async () => {
	await using world = await startWorld(files);
	await using session = await world.open();
	await session.config.set('downloads.rate_limit_bytes', '2MB');
	await session.downloads.start();
	const start = performance.now();
	await addAll(session, ['a', 'b']);
	await until(session, downloads => downloads.every(({status}) => status === 'completed'));
	// What was free at the start, and what was received before it was paid for, is less than a half.
	assert.ok(performance.now() - start > 2 * size / 2_000_000 * 1000 / 2);

	await session.config.set('downloads.rate_limit_bytes', '20KB');
	await session.downloads.add(await requestOf('c'));
	await until(session, downloads => downloads.some(({id, receivedBytes}) => id === 'c' && receivedBytes > 0));
	const other = await createConfigStore({path: session.config.path});
	await other.set('downloads.rate_limit_bytes', '');
	await settle(session, 'c');
});

test('how many run at once is taken over from another process', async () => {
	await using world = await slowWorld();
	await using session = await world.open();
	await session.config.set('max_concurrent_downloads', 1);
	await session.downloads.start();
	await addAll(session, ['a', 'b', 'c']);
	await until(session, downloads => running(downloads) === 'a');
	const other = await createConfigStore({path: session.config.path});
	await other.set('max_concurrent_downloads', 3);
	const downloads = await until(session, list => running(list) === 'abc');
	assert.equal(downloads.length, 3);
});

test('the log tells what happened, over restarts', async () => {
	const {request} = await oneModel(size);
	await using world = await slowWorld();
	world.hub.publish({id: 'owner/repo', files: {[request.files[0]!.path]: generateGguf({sizeBytes: size, seed: 7})}});
	const {modelId: id} = request;
	{
		await using session = await world.open();
		await session.downloads.start();
		await session.downloads.add(request, {priority: 'high'});
		await until(session, ([first]) => (first?.receivedBytes ?? 0) > 50_000);
		await session.downloads.pause(id);
	}

	world.hub.setRate({});
	await using session = await world.open();
	await session.downloads.start();
	await session.downloads.resume(id);
	const done = await settle(session, id);
	const texts = done.events.map(({text}) => text);
	const expected = [/^queued$/v, /^started: 2\.00 MB$/v, /^paused$/v, /^resumed$/v, /^went on from 0\.\d+ \/ 2\.00 MB$/v, /^completed in \d+ s, 2\.00 MB at [\d.]+ [KM]B\/s$/v];
	assert.deepEqual(expected.filter(pattern => texts.every(text => !pattern.test(text))), [], JSON.stringify(texts));
	assert.deepEqual(done.events.map(({at}) => at), done.events.map(({at}) => at).toSorted((left, right) => left.localeCompare(right)));
	assert.ok(done.activeSeconds > 0);
	assert.ok(done.averageBytesPerSecond! > 0);
	assert.equal(done.files[0]?.receivedBytes, size);
});

test('a failure is logged with its reason, and tried again with what came', async () => {
	await using world = await startWorld(files);
	const fault = world.hub.fault({kind: 'truncate', on: 'cdn', afterBytes: 5000});
	await using session = await world.open();
	await session.downloads.start();
	await session.downloads.add(await requestOf('a'));
	const failed = await session.downloads.settled('a', {signal: AbortSignal.timeout(20_000)});
	assert.equal(failed.status, 'failed');
	assert.equal(failed.events.at(-1)?.text, `failed: ${failed.error?.message}`);
	fault.remove();
	await session.downloads.resume('a');
	const done = await settle(session, 'a');
	assert.ok(done.events.some(({text}) => text === 'tried again'));
});

test('the received bytes of the same file never go backwards, over pauses and restarts', async () => {
	await using world = await startWorld(files, {bytesPerSecond: 1_500_000});
	const seen: number[] = [];
	for await (const _ of inSequence([1, 2])) {
		await using session = await world.open();
		session.downloads.subscribe(([first]) => {
			seen.push(first?.receivedBytes ?? 0);
		});
		await session.downloads.start();
		await session.downloads.add(await requestOf('a'));
		const before = seen.at(-1) ?? 0;
		await until(session, ([first]) => (first?.receivedBytes ?? 0) > before + 300_000);
		await session.downloads.pause('a');
		await session.downloads.resume('a');
		await until(session, ([first]) => first?.status === 'downloading' && first.receivedBytes > before + 600_000);
	}

	world.hub.setRate({});
	await using session = await world.open();
	await complete(session, await requestOf('a'));
	assert.deepEqual(seen.filter((bytes, index) => bytes < (seen[index - 1] ?? 0)), []);
	assert.ok(seen.length > 10);
});
