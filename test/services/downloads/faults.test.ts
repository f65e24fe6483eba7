import assert from 'node:assert/strict';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {type Fault} from '../../helpers/hub/faults.js';
import {generateFile, generateGguf} from '../../helpers/hub/generate-file.js';
import {type HubFile} from '../../helpers/hub/hub-file.js';
import {
	complete,
	download,
	failureOf,
	isMissing,
	modelFile,
	oneModel,
	requestFor,
	sha256Of,
	startWorld,
	type World,
} from './world.js';

const size = 3_000_000;
// Not written as one address, because the linter would mend it.
const plainHttp = ['http', '//example.com/model.gguf'].join(':');
const places = {'before the first byte': 0, 'in the middle': 1_500_000, 'at the end': size - 100} as const;

async function assertRight(world: World, expected: string): Promise<void> {
	assert.equal(await sha256Of(world.target(modelFile)), expected);
	assert.deepEqual(await world.leftovers(), []);
}

/**
Two failures at each place, then the file is there.
*/
for (const [place, afterBytes] of Object.entries(places)) {
	for (const fault of [
		{
			kind: 'reset', on: 'cdn', afterBytes, times: 2,
		},
		{
			kind: 'truncate', on: 'cdn', afterBytes, times: 2,
		},
		{
			kind: 'stall', on: 'cdn', afterBytes, times: 2,
		},
	] satisfies Fault[]) {
		test(`${fault.kind} ${place}: the file is right in the end`, async () => {
			const {files, file, request} = await oneModel(size);
			await using world = await startWorld(files);
			const handle = world.hub.fault(fault);
			await using session = await world.open({timing: {stall: fault.kind === 'stall' ? 300 : 10_000}});
			const result = await download(session, request);
			assert.equal(result.error, undefined);
			assert.equal(result.status, 'completed');
			assert.equal(handle.count(), 2);
			await assertRight(world, await file.sha256());
			// What came before the failure was not fetched again.
			assert.ok(result.fetchedBytes <= size * 1.02, `${result.fetchedBytes} bytes were fetched`);
		});
	}
}

test('an answer of 503 is retried, and the wait it asks for is kept and shown', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'status', on: 'cdn', status: 503, headers: {'retry-after': '1'}, times: 1,
	});
	await using session = await world.open();
	const activities = new Set<string>();
	session.downloads.subscribe(([first]) => {
		activities.add(`${first?.retries} ${first?.activity}`);
	});
	const start = performance.now();
	await complete(session, request);
	assert.ok(performance.now() - start >= 1000);
	assert.ok([...activities].some(text => /^0 waiting 1 s, as the server asks: .+ status 503$/v.test(text)), [...activities].join('\n'));
	await assertRight(world, await file.sha256());
});

test('a rate limit of the hub is waited for, by its own header', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'status', on: 'hub', status: 429, headers: {ratelimit: '"resolvers";r=0;t=0'}, times: 1,
	});
	await using session = await world.open();
	const start = performance.now();
	await complete(session, request);
	assert.ok(performance.now() - start >= 1000);
	await assertRight(world, await file.sha256());
});

test('a longer wait than there is patience for is not sat through', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'status', on: 'hub', status: 429, headers: {'retry-after': '3600'},
	});
	await using session = await world.open({timing: {longestWait: 600_000}});
	const {status, error} = await download(session, request);
	assert.equal(status, 'failed');
	assert.equal(error?.code, 'rate_limited');
	assert.match(error.message, /3600 s/v);
});

for (const [name, fault, code] of [
	['an address that is always refused', {kind: 'expired-url'}, 'link_expired'],
	['a server that always fails', {kind: 'status', on: 'cdn', status: 500}, 'server_error'],
	['a connection that always breaks', {kind: 'reset', on: 'cdn', afterBytes: 1000}, 'connection_lost'],
	['a file that always ends too early', {kind: 'truncate', on: 'cdn', afterBytes: 1000}, 'connection_lost'],
	['a web page instead of the model', {kind: 'html', on: 'cdn'}, 'web_page'],
	['a web page instead of the hub', {kind: 'html', on: 'hub'}, 'web_page'],
	['10 GB announced for 3 MB', {kind: 'huge-length', on: 'cdn'}, 'unexpected_size'],
	['a server that drips', {kind: 'slow', on: 'cdn', bytesPerSecond: 500}, 'stalled'],
] satisfies ReadonlyArray<readonly [string, Fault, string]>) {
	test(`${name}: fails after three retries and keeps what came`, async () => {
		const {files, file, request} = await oneModel(size);
		await using world = await startWorld(files);
		const handle = world.hub.fault(fault);
		// Short only where it is meant to end: a busy machine may take its time.
		await using session = await world.open({timing: {stall: code === 'stalled' ? 300 : 10_000}});
		const failed = await download(session, request);
		assert.equal(failed.status, 'failed');
		assert.equal(failed.error?.code, code);
		assert.equal(handle.count(), 4);
		assert.ok(await isMissing(world.target(modelFile)));

		// The user tries again when the server is well.
		handle.remove();
		await session.downloads.resume(failed.id);
		const {status, fetchedBytes} = await session.downloads.settled(failed.id, {signal: AbortSignal.timeout(20_000)});
		assert.equal(status, 'completed');
		assert.ok(fetchedBytes <= size + 5000);
		await assertRight(world, await file.sha256());
	});
}

for (const [name, fault, code] of [
	['a byte that is wrong at the start', {kind: 'wrong-bytes', on: 'cdn', afterBytes: 1}, 'not_a_model'],
	['a byte that is wrong in the middle', {kind: 'wrong-bytes', on: 'cdn', afterBytes: 1_500_000}, 'checksum_mismatch'],
	['a byte that is wrong at the end', {kind: 'wrong-bytes', on: 'cdn', afterBytes: size - 1}, 'checksum_mismatch'],
	['no such file', {
		kind: 'status', on: 'hub', status: 404, headers: {'x-error-code': 'EntryNotFound'},
	}, 'file_not_found'],
	['a gate', {
		kind: 'status', on: 'hub', status: 403, headers: {'x-error-code': 'GatedRepo'},
	}, 'gated_repository'],
	['a redirect to plain http elsewhere', {kind: 'redirect', on: 'hub', location: plainHttp}, 'insecure_url'],
	['a redirect in a circle', {kind: 'redirect', on: 'hub', location: '/'}, 'redirect_loop'],
	['a second host that redirects in a circle', {kind: 'redirect', on: 'cdn', location: '/again'}, 'redirect_loop'],
] satisfies ReadonlyArray<readonly [string, Fault, string]>) {
	test(`${name}: fails at once, and nothing is installed`, async () => {
		const {files, request} = await oneModel(size);
		await using world = await startWorld(files);
		world.hub.fault(fault);
		await using session = await world.open({token: undefined});
		const {status, error, retries} = await download(session, request);
		assert.equal(status, 'failed');
		assert.equal(error?.code, code);
		assert.equal(retries, 0);
		assert.notEqual(error.hint, undefined);
		assert.doesNotMatch(`${error.message} ${error.hint}`, /X-Amz|Signature|Expires=/v);
		assert.deepEqual(await session.manifest.list(), []);
		assert.ok(await isMissing(world.target(modelFile)));
		assert.equal(await world.leftoverBytes(), 0);
	});
}

test('a failed checksum says what was expected and what came', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({kind: 'wrong-bytes', on: 'cdn', afterBytes: 1_000_000});
	await using session = await world.open();
	const {error} = await download(session, request);
	const [expected, actual] = error?.message.match(/[\da-f]{64}/gv) ?? [];
	assert.equal(expected, await file.sha256());
	assert.match(actual ?? '', /^[\da-f]{64}$/v);
	assert.notEqual(actual, expected);
});

test('a signed address that expires in mid-download is renewed', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'reset', on: 'cdn', afterBytes: 1_000_000, times: 1,
	});
	world.hub.fault({
		kind: 'status', on: 'cdn', status: 403, skip: 1, times: 1,
	});
	await using session = await world.open();
	const {fetchedBytes} = await complete(session, request);
	assert.ok(fetchedBytes <= size * 1.02);
	assert.equal(world.hub.requests.filter(({server, status}) => server === 'cdn' && status === 403).length, 1);
	assert.equal(world.hub.requests.filter(({server, method}) => server === 'hub' && method === 'HEAD').length, 2);
	await assertRight(world, await file.sha256());
});

test('a server that ignores Range: progress does not go back, the file is right', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'reset', on: 'cdn', afterBytes: 2_000_000, times: 1,
	});
	world.hub.fault({kind: 'ignore-range', on: 'cdn'});
	await using session = await world.open();
	let highest = 0;
	session.downloads.subscribe(([first]) => {
		assert.ok((first?.receivedBytes ?? 0) >= highest);
		highest = first?.receivedBytes ?? 0;
	});
	const {status, fetchedBytes} = await download(session, request);
	assert.equal(status, 'completed');
	assert.ok(fetchedBytes > size);
	await assertRight(world, await file.sha256());
});

test('a server that ignores Range, and no hash to check by: the file is fetched anew', async () => {
	const small = {'model.txt': generateFile({sizeBytes: 100_000, seed: 3})};
	await using world = await startWorld(small);
	world.hub.fault({
		kind: 'reset', on: 'hub', method: 'GET', afterBytes: 40_000, times: 1,
	});
	world.hub.fault({kind: 'ignore-range', on: 'hub'});
	await using session = await world.open();
	await complete(session, await requestFor(small, {hasHashes: false}));
	assert.equal(await sha256Of(world.target('model.txt')), await small['model.txt'].sha256());
});

test('a small file of the hub itself is checked by git\'s hash', async () => {
	const small = {'model.txt': generateFile({sizeBytes: 100_000, seed: 3})};
	await using world = await startWorld(small);
	const handle = world.hub.fault({
		kind: 'wrong-bytes', on: 'hub', method: 'GET', afterBytes: 50_000,
	});
	await using session = await world.open();
	const request = await requestFor(small, {hasHashes: false});
	const {code} = await failureOf(session, request);
	assert.equal(code, 'checksum_mismatch');
	handle.remove();
	await complete(session, request);
});

test('416 in mid-download is looked into, and the download goes on', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'reset', on: 'cdn', afterBytes: 1_000_000, times: 1,
	});
	world.hub.fault({
		kind: 'status', on: 'cdn', status: 416, skip: 1, times: 1,
	});
	await using session = await world.open();
	const {status, fetchedBytes} = await download(session, request);
	assert.equal(status, 'completed');
	assert.ok(fetchedBytes <= size * 1.02);
	await assertRight(world, await file.sha256());
});

test('a file that changed on the hub between two connections is started again, and that is said', async () => {
	const {files, request} = await oneModel(size, {hasHashes: false});
	const changed = generateGguf({sizeBytes: size, seed: 8});
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'reset', on: 'cdn', afterBytes: 2_000_000, times: 1,
	});
	world.hub.fault({
		kind: 'other-file', on: 'hub', file: changed, skip: 1,
	});
	world.hub.fault({
		kind: 'other-file', on: 'cdn', file: changed, skip: 1,
	});
	await using session = await world.open();
	const activities = new Set<string | undefined>();
	session.downloads.subscribe(([first]) => {
		activities.add(first?.activity);
	});
	await complete(session, request);
	assert.ok(activities.has('the file changed on the hub: started again'));
	await assertRight(world, await changed.sha256());
});

test('a file that changed behind the hub\'s back is never installed', async () => {
	const {files, request} = await oneModel(size);
	const changed = generateGguf({sizeBytes: size, seed: 8});
	await using world = await startWorld(files);
	world.hub.fault({
		kind: 'reset', on: 'cdn', afterBytes: 2_000_000, times: 1,
	});
	world.hub.fault({
		kind: 'other-file', on: 'cdn', file: changed, skip: 1,
	});
	await using session = await world.open();
	const {error, fetchedBytes} = await download(session, request);
	assert.equal(error?.code, 'checksum_mismatch');
	assert.ok(fetchedBytes <= size * 1.02);
	assert.ok(await isMissing(world.target(modelFile)));
	assert.equal(await world.leftoverBytes(), 0);
});

test('a file of which the same is said twice, with bytes in between, is not thrown away for it', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	for (const [index, at] of [1_000_000, 2_000_000].entries()) {
		world.hub.fault({
			kind: 'reset', on: 'cdn', at, skip: index, times: 1,
		});
		world.hub.fault({
			kind: 'status', on: 'cdn', status: 416, skip: 1 + index, times: 1,
		});
	}

	await using session = await world.open();
	const {fetchedBytes} = await complete(session, request);
	assert.equal(world.hub.requests.filter(({status}) => status === 416).length, 2);
	assert.ok(fetchedBytes <= size * 1.02, `${fetchedBytes} bytes were fetched`);
	await assertRight(world, await file.sha256());
});

test('the same, with no hash to check by: the file is started again only where it is said twice in a row', async () => {
	const small = {'model.txt': generateFile({sizeBytes: 300_000, seed: 3})};
	await using world = await startWorld(small);
	for (const [index, at] of [100_000, 200_000].entries()) {
		world.hub.fault({
			kind: 'reset', on: 'hub', at, skip: index, times: 1,
		});
		world.hub.fault({
			kind: 'status', on: 'hub', method: 'GET', status: 416, skip: 1 + index, times: 1,
		});
	}

	await using session = await world.open();
	const {fetchedBytes} = await complete(session, await requestFor(small, {hasHashes: false}));
	assert.ok(fetchedBytes <= 300_000 * 1.02, `${fetchedBytes} bytes were fetched`);
});

test('a file of another size than the one that was agreed to is not fetched, where no hash decides', async () => {
	const {files, file, request} = await oneModel(size, {hasHashes: false});
	await using world = await startWorld(files);
	await using session = await world.open();
	const {error, fetchedBytes} = await download(session, {...request, files: [{...request.files[0]!, sizeBytes: file.sizeBytes - 1}]});
	assert.equal(error?.code, 'file_replaced');
	assert.equal(fetchedBytes, 0);
});

test('a small file that is in place already is recognised by git\'s hash', async () => {
	const small = {'model.txt': generateFile({sizeBytes: 100_000, seed: 3})};
	await using world = await startWorld(small);
	await using session = await world.open();
	const request = await requestFor(small, {hasHashes: false});
	const target = world.target('model.txt');
	await mkdir(path.dirname(target), {recursive: true});
	await writeFile(target, small['model.txt'].read(0, 100_000));
	await complete(session, request);
	assert.equal(world.hub.requests.filter(({method}) => method === 'GET').length, 0);
});

test('a hub that offers another file than the one chosen is told apart before anything is fetched', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	world.hub.fault({kind: 'other-file', on: 'hub', file: generateGguf({sizeBytes: size, seed: 8})});
	await using session = await world.open();
	const {error, fetchedBytes} = await download(session, request);
	assert.equal(error?.code, 'file_replaced');
	assert.equal(fetchedBytes, 0);
});

test('a hub that is gone: offline, after three retries', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	// A port that was free a moment ago.
	await using gone = await startWorld({});
	const {url} = gone.hub;
	await gone.hub.close();
	await using session = await world.open({endpoint: url});
	const {error} = await download(session, request);
	assert.equal(error?.code, 'offline');
});

test('10 GB that end after a kilobyte: the room is looked for first, and what came is kept', async () => {
	const promised: HubFile = {
		...generateGguf({sizeBytes: 1_000_000, seed: 1}), sizeBytes: 10_000_000_000, sha256: async () => 'a'.repeat(64),
	};
	const files = {[modelFile]: promised};
	await using world = await startWorld(files);
	world.hub.fault({kind: 'truncate', on: 'cdn', afterBytes: 1000});
	await using session = await world.open();
	await session.config.set('downloads.connections_per_file', 1);
	const {status, error, receivedBytes, totalBytes} = await download(session, await requestFor(files));
	assert.equal(status, 'failed');
	assert.equal(error?.code, 'connection_lost');
	assert.equal(receivedBytes, 4000);
	assert.equal(totalBytes, 10_000_000_000);
});
