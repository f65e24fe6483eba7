import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {type Fault, type FaultHandle} from '../../helpers/hub/faults.js';
import {type HubServer} from '../../helpers/hub/start-hub.js';
import {
	assertCompleted,
	assertFailed,
	file,
	resume,
	run,
	size,
	slack,
	startScene,
	type Case,
	type Scene,
} from './fault-scene.js';

// What goes wrong when the hub is asked for a file, before any byte: {trouble} × {once, always}.

type Trouble = {
	readonly name: string;
	readonly fault: Fault;
	readonly codes: readonly string[];
	readonly once: 'mended' | 'fails';
	/**
	Requests that it takes to happen once.
	*/
	readonly requests?: number;
};

// Not written as one address, because the linter would mend it.
const plainHttp = ['http', '//hub.invalid/model.gguf'].join(':');

const troubles: readonly Trouble[] = [
	{
		// One request is sent a second time below all retries.
		name: 'a connection reset', fault: {kind: 'reset', on: 'hub'}, codes: ['connection_lost'], once: 'mended', requests: 2,
	},
	{
		name: 'a stall', fault: {kind: 'stall', on: 'hub'}, codes: ['stalled'], once: 'mended',
	},
	{
		name: 'headers that drip', fault: {kind: 'slow-headers', on: 'hub', milliseconds: 50}, codes: ['stalled'], once: 'mended',
	},
	{
		name: '429',
		fault: {
			kind: 'status', on: 'hub', status: 429, headers: {ratelimit: '"resolvers";r=0;t=0'},
		},
		codes: ['rate_limited'],
		once: 'mended',
	},
	{
		name: '503', fault: {kind: 'status', on: 'hub', status: 503}, codes: ['server_error'], once: 'mended',
	},
	{
		name: 'addresses that have expired', fault: {kind: 'expired-url'}, codes: ['link_expired'], once: 'mended',
	},
	{
		name: 'a web page', fault: {kind: 'html', on: 'hub'}, codes: ['web_page'], once: 'mended',
	},
	{
		name: 'a redirect in a circle', fault: {kind: 'redirect', on: 'hub', location: '/PATH/again'}, codes: ['redirect_loop'], once: 'fails', requests: 6,
	},
	{
		name: 'a redirect to plain http', fault: {kind: 'redirect', on: 'hub', location: plainHttp}, codes: ['insecure_url'], once: 'fails',
	},
	{
		name: 'a redirect to a host that no name server knows',
		fault: {
			kind: 'redirect', on: 'hub', location: 'https://cdn.invalid/model.gguf', headers: {'x-linked-size': String(size), 'x-linked-etag': await file.sha256()},
		},
		codes: ['offline', 'stalled'],
		once: 'mended',
	},
	{
		name: 'a file that went away', fault: {
			kind: 'status', on: 'hub', status: 404, headers: {'x-error-code': 'EntryNotFound'},
		}, codes: ['file_not_found'], once: 'fails',
	},
	{
		name: 'a gate', fault: {
			kind: 'status', on: 'hub', status: 403, headers: {'x-error-code': 'GatedRepo'},
		}, codes: ['gated_repository'], once: 'fails',
	},
];

async function happensOnce(scene: Scene, item: Case, {fault, codes, once, requests = 1}: Trouble): Promise<void> {
	const handle = put(scene.hub, item, {...fault, times: requests});
	const first = await run(scene, await item.request);
	const done = once === 'fails' ? await resume(scene, first.id) : first;
	assert.ok(once === 'mended' || codes.includes(first.error?.code ?? ''), first.error?.code);
	assert.equal(handle.count(), requests);
	assertCompleted(done);
	assert.ok(done.fetchedBytes <= size + slack, `${done.fetchedBytes} bytes were fetched`);
	await item.assertRight();
}

async function happensAlways(scene: Scene, item: Case, {fault, codes}: Trouble): Promise<void> {
	const handle = put(scene.hub, item, fault);
	const failed = await run(scene, await item.request);
	assertFailed(failed, codes);
	assert.equal(failed.fetchedBytes, 0);
	await item.assertAbsent();
	handle.remove();
	const done = await resume(scene, failed.id);
	assertCompleted(done);
	assert.ok(done.fetchedBytes <= size + slack, `${done.fetchedBytes} bytes were fetched`);
	await item.assertRight();
}

function put(hub: HubServer, {path}: Case, fault: Fault): FaultHandle {
	const {location} = fault;
	return hub.fault({...fault, path, ...(location !== undefined && {location: location.split('PATH').join(path)})});
}

test('asking the hub', {concurrency: 8}, async (t: TestContext) => {
	const names = troubles.flatMap(({name}) => [`${name}, once`, `${name}, always`]);
	await using scene = await startScene(names, {connections: 4});

	await Promise.all(troubles.flatMap(trouble => [
		t.test(`${trouble.name}, once: the file is right${trouble.once === 'mended' ? '' : ', after a clear error'}`, async () => {
			await happensOnce(scene, scene.case(`${trouble.name}, once`), trouble);
		}),
		t.test(`${trouble.name}, always: a clear error, then the file is right`, async () => {
			await happensAlways(scene, scene.case(`${trouble.name}, always`), trouble);
		}),
	]));
	t.assert.deepStrictEqual(new Set(scene.session.downloads.list().map(({status}) => status)), new Set(['completed']));
});

test('a hub that no name server knows: a clear error, and nothing is left', async () => {
	await using scene = await startScene(['model'], {connections: 4, endpoint: 'https://hub.invalid'});
	const item = scene.case('model');
	const failed = await run(scene, await item.request);
	assertFailed(failed, ['offline', 'stalled']);
	await item.assertAbsent();
	assert.equal(await item.keptBytes(), 0);
});
