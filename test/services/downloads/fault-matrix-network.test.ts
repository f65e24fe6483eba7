import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {type Fault, type FaultHandle, type FaultKind} from '../../helpers/hub/faults.js';
import {type HubServer} from '../../helpers/hub/start-hub.js';
import {
	assertCompleted,
	assertFailed,
	connectionCounts,
	places,
	resume,
	run,
	size,
	slack,
	startScene,
	type Case,
	type Scene,
} from './fault-scene.js';

// {what goes wrong on the line} × {where in the file} × {connections} × {once, always}.

type Trouble = {
	readonly name: string;
	readonly fault: Fault;
	/**
	Of the error where it goes on; one of them.
	*/
	readonly codes: readonly string[];
	/**
	`mended` by the download itself where it happens once; else it `fails`, and the user resumes.
	*/
	readonly once: 'mended' | 'fails';
	/**
	Requests that it takes to happen once.
	*/
	readonly requests?: number;
	/**
	Whether what came has to be thrown away.
	*/
	readonly isSpoiling?: boolean;
};

// Not written as one address, because the linter would mend it.
const plainHttp = ['http', '//cdn.invalid/model.gguf'].join(':');

const troubles: readonly Trouble[] = [
	{
		name: 'a connection reset', fault: {kind: 'reset'}, codes: ['connection_lost'], once: 'mended',
	},
	{
		name: 'a stall', fault: {kind: 'stall'}, codes: ['stalled'], once: 'mended',
	},
	{
		name: 'a truncation', fault: {kind: 'truncate'}, codes: ['connection_lost', 'cut_short'], once: 'mended',
	},
	{
		name: 'a body that drips', fault: {kind: 'slow', bytesPerSecond: 1}, codes: ['stalled'], once: 'mended',
	},
	{
		name: 'headers that drip', fault: {kind: 'slow-headers', milliseconds: 50}, codes: ['stalled'], once: 'mended',
	},
	{
		name: '429', fault: {kind: 'status', on: 'cdn', status: 429}, codes: ['rate_limited'], once: 'mended',
	},
	{
		name: '429 with Retry-After',
		fault: {
			kind: 'status', on: 'cdn', status: 429, headers: {'retry-after': '0'},
		},
		codes: ['rate_limited'],
		once: 'mended',
	},
	{
		name: '503', fault: {kind: 'status', on: 'cdn', status: 503}, codes: ['server_error'], once: 'mended',
	},
	{
		name: 'an expired address', fault: {kind: 'status', on: 'cdn', status: 403}, codes: ['link_expired'], once: 'mended',
	},
	{
		name: 'wrong bytes', fault: {kind: 'wrong-bytes'}, codes: ['checksum_mismatch', 'not_a_model'], once: 'fails', isSpoiling: true,
	},
	{
		name: 'a web page', fault: {kind: 'html', on: 'cdn'}, codes: ['web_page'], once: 'mended',
	},
	{
		name: 'a redirect in a circle', fault: {kind: 'redirect', on: 'cdn', location: '/PATH/again'}, codes: ['redirect_loop'], once: 'fails', requests: 6,
	},
	{
		name: 'a redirect to plain http', fault: {kind: 'redirect', on: 'cdn', location: plainHttp}, codes: ['insecure_url'], once: 'fails',
	},
	{
		// Where the system asks many servers for the name, the patience may end before.
		name: 'a host that no name server knows', fault: {kind: 'redirect', on: 'cdn', location: 'https://cdn.invalid/model.gguf'}, codes: ['offline', 'stalled'], once: 'mended',
	},
	{
		name: '416', fault: {kind: 'status', on: 'cdn', status: 416}, codes: ['file_changed'], once: 'mended',
	},
];

// These happen before a connection brings anything: in the middle of a file one that broke off has to come first.
const atOnce: ReadonlySet<FaultKind> = new Set(['status', 'redirect', 'html', 'slow-headers']);

function put(hub: HubServer, fault: Fault & {readonly at: number; readonly path: string}): FaultHandle {
	const {at, path, kind, location} = fault;
	const isBehindAnother = at > 0 && atOnce.has(kind);
	if (isBehindAnother) {
		hub.fault({
			kind: 'reset', at, path, times: 1,
		});
	}

	return hub.fault({...fault, ...(location !== undefined && {location: location.split('PATH').join(path)}), skip: isBehindAnother ? 1 : 0});
}

async function happensOnce(scene: Scene, {path, request, assertRight}: Case, {at, fault, codes, once, requests = 1, isSpoiling}: Trouble & {readonly at: number}): Promise<void> {
	const handle = put(scene.hub, {
		...fault, at, path, times: requests,
	});
	const first = await run(scene, await request);
	assert.equal(handle.count(), requests);
	const done = once === 'fails' ? await resume(scene, first.id) : first;
	assert.ok(once === 'mended' || codes.includes(first.error?.code ?? ''), first.error?.code);
	assertCompleted(done);
	assertFrugal(done.fetchedBytes, isSpoiling);
	await assertRight();
}

async function happensAlways(scene: Scene, item: Case, {at, fault, codes, isSpoiling = false}: Trouble & {readonly at: number}): Promise<void> {
	const handle = put(scene.hub, {...fault, at, path: item.path});
	const failed = await run(scene, await item.request);
	assertFailed(failed, codes);
	await item.assertAbsent();

	handle.remove();
	const done = await resume(scene, failed.id);
	assertCompleted(done);
	assertFrugal(done.fetchedBytes, isSpoiling);
	await item.assertRight();
}

/**
Both runs together fetched the file once, or, where what came had to go, twice.
*/
function assertFrugal(fetchedBytes: number, isSpoiling = false): void {
	assert.ok(fetchedBytes <= size + slack + (isSpoiling ? size : 0), `${fetchedBytes} bytes were fetched`);
}

for (const connections of connectionCounts) {
	for (const [place, at] of Object.entries(places)) {
		test(`${place}, ${connections === 1 ? 'one connection' : `${connections} connections`}`, {concurrency: 8}, async (t: TestContext) => {
			const names = troubles.flatMap(({name}) => [`${name}, once`, `${name}, always`]);
			await using scene = await startScene(names, {connections});
			await Promise.all(troubles.flatMap(trouble => [
				t.test(`${trouble.name}, once: the file is right${trouble.once === 'mended' ? '' : ', after a clear error'}`, async () => {
					await happensOnce(scene, scene.case(`${trouble.name}, once`), {...trouble, at});
				}),
				t.test(`${trouble.name}, always: a clear error, then the file is right`, async () => {
					await happensAlways(scene, scene.case(`${trouble.name}, always`), {...trouble, at});
				}),
			]));
			t.assert.deepStrictEqual(new Set(scene.session.downloads.list().map(({status}) => status)), new Set(['completed']));
		});
	}
}
