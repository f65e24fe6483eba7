import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {type Fault} from '../../helpers/hub/faults.js';
import {
	assertCompleted,
	connectionCounts,
	otherFile,
	run,
	size,
	slack,
	startScene,
	whenVerifying,
	type Scene,
} from './fault-scene.js';

// What goes wrong on the line once all bytes are there does not matter: {trouble} × {connections}.

const troubles: ReadonlyArray<readonly [name: string, faults: readonly Fault[]]> = [
	['a connection reset', [{kind: 'reset'}, {kind: 'reset', on: 'hub'}]],
	['a stall', [{kind: 'stall'}, {kind: 'stall', on: 'hub'}]],
	['a truncation', [{kind: 'truncate'}]],
	['a body that drips', [{kind: 'slow', bytesPerSecond: 1}]],
	['headers that drip', [{kind: 'slow-headers'}, {kind: 'slow-headers', on: 'hub'}]],
	['429', [{kind: 'status', on: 'cdn', status: 429}, {kind: 'status', on: 'hub', status: 429}]],
	['503', [{kind: 'status', on: 'cdn', status: 503}, {kind: 'status', on: 'hub', status: 503}]],
	['an expired address', [{kind: 'expired-url'}]],
	['another file and another ETag', [{kind: 'other-file', file: otherFile}]],
	['wrong bytes', [{kind: 'wrong-bytes'}]],
	['a Range that is ignored', [{kind: 'ignore-range'}]],
	['416', [{kind: 'status', on: 'cdn', status: 416}]],
	['a redirect in a circle', [{kind: 'redirect', on: 'cdn', location: '/again'}, {kind: 'redirect', on: 'hub', location: '/again'}]],
	['a redirect to plain http', [{kind: 'redirect', on: 'hub', location: ['http', '//cdn.invalid/'].join(':')}]],
	['a host that no name server knows', [{kind: 'redirect', on: 'hub', location: 'https://cdn.invalid/'}]],
];

async function happensDuringVerification(scene: Scene, name: string, faults: readonly Fault[]): Promise<void> {
	const item = scene.case(name);
	let counts: ReadonlyArray<() => number> = [];
	const hasBegun = whenVerifying(scene, item, () => {
		counts = faults.map(fault => scene.hub.fault({...fault, path: item.path}).count);
	});
	const done = await run(scene, await item.request);
	assert.ok(hasBegun());
	assertCompleted(done);
	assert.ok(done.fetchedBytes <= size + slack, `${done.fetchedBytes} bytes were fetched`);
	assert.deepEqual(counts.map(count => count()), faults.map(() => 0));
	await item.assertRight();
}

for (const connections of connectionCounts) {
	test(`during verification, ${connections === 1 ? 'one connection' : `${connections} connections`}`, {concurrency: 8}, async (t: TestContext) => {
		await using scene = await startScene(troubles.map(([name]) => name), {connections});
		await Promise.all(troubles.map(async ([name, faults]) => t.test(`${name}: nothing is asked any more, and the file is right`, async () => {
			await happensDuringVerification(scene, name, faults);
		})));
		t.assert.strictEqual(scene.session.downloads.list().length, troubles.length);
	});
}
