import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {requestFor} from './world.js';
import {
	assertCompleted,
	assertFailed,
	connectionCounts,
	file,
	holdAt,
	otherFile,
	places,
	resume,
	run,
	size,
	slack,
	startScene,
	type Case,
	type Scene,
} from './fault-scene.js';

// The server is of another mind from some moment on: {what changes} × {where in the file} × {connections}.

// The same bytes under another ETag, as another machine of the same storage may have them.
const sameBytes = {...file, sha256: async () => 'b'.repeat(64)};

type Change = {
	readonly name: string;
	readonly begin: (scene: Scene, path: string) => void;
	/**
	Whether the source had told the hash.
	*/
	readonly hasHashes: boolean;
	/**
	Whether all that came may have to go, once.
	*/
	readonly isSpoiling?: boolean;
	/**
	What it ends with: that content, or one of these errors.
	*/
	readonly end: typeof file | readonly string[];
};

const changes: readonly Change[] = [
	{
		name: 'the ETag changes, the bytes do not',
		begin({hub}, path) {
			hub.fault({
				kind: 'other-file', on: 'cdn', path, file: sameBytes,
			});
		},
		hasHashes: true,
		end: file,
	},
	{
		name: 'the file changes, and nothing was said of its content',
		begin({hub}, path) {
			hub.fault({kind: 'other-file', path, file: otherFile});
		},
		hasHashes: false,
		isSpoiling: true,
		end: otherFile,
	},
	{
		name: 'the file changes, and is not the one that was chosen any more',
		begin({hub}, path) {
			hub.fault({kind: 'other-file', path, file: otherFile});
		},
		hasHashes: true,
		end: ['file_replaced', 'checksum_mismatch'],
	},
	{
		name: 'Range is ignored',
		begin({hub}, path) {
			hub.fault({kind: 'ignore-range', path});
		},
		hasHashes: true,
		isSpoiling: true,
		end: file,
	},
];

async function change(scene: Scene, item: Case, {begin, hasHashes, isSpoiling = false, end, at}: Change & {readonly at: number}): Promise<void> {
	const hold = holdAt(scene, item, at);
	const running = run(scene, await requestFor({[item.path]: file}, {modelId: item.id, hasHashes}));
	await hold.reached;
	// The connection that is held back is given up as stalled, and the next one hears of the change.
	begin(scene, item.path);
	const done = await running;
	hold.release();
	assert.ok(done.fetchedBytes <= size + slack + (isSpoiling ? size : 0), `${done.fetchedBytes} bytes were fetched`);
	if ('sha256' in end) {
		assertCompleted(done);
		await item.assertRight(end);
	} else {
		assertFailed(done, end);
		await item.assertAbsent();
	}
}

for (const connections of connectionCounts) {
	for (const [place, at] of Object.entries(places)) {
		test(`${place}, ${connections === 1 ? 'one connection' : `${connections} connections`}`, {concurrency: 8}, async (t: TestContext) => {
			await using scene = await startScene(changes.map(({name}) => name), {connections});
			await Promise.all(changes.map(async each => t.test(each.name, async () => {
				await change(scene, scene.case(each.name), {...each, at});
			})));
			t.assert.strictEqual(scene.session.downloads.list().length, changes.length);
		});
	}
}

for (const connections of connectionCounts) {
	test(`Range is ignored, and the stream breaks off at the same place again and again, with ${connections} allowed: a clear error, then the file is right`, async () => {
		await using scene = await startScene(['model'], {connections});
		const item = scene.case('model');
		const {hub} = scene;
		const cut = hub.fault({kind: 'truncate', path: item.path, afterBytes: size / 2});
		const ignorance = hub.fault({kind: 'ignore-range', path: item.path});
		const failed = await run(scene, await item.request);
		assertFailed(failed, ['connection_lost']);
		assert.ok(failed.fetchedBytes <= 4 * size);
		cut.remove();
		ignorance.remove();
		const done = await resume(scene, failed.id);
		assertCompleted(done);
		assert.ok(done.fetchedBytes - failed.fetchedBytes <= (size / 2) + slack, `${failed.fetchedBytes}, then ${done.fetchedBytes}`);
		await item.assertRight();
	});

	test(`a new commit is published in the middle, ${connections} at once: what was begun is brought to its end`, async () => {
		await using scene = await startScene(['model'], {connections});
		const item = scene.case('model');
		const hold = holdAt(scene, item, size / 2);
		const running = run(scene, await requestFor({[item.path]: file}, {modelId: item.id, hasHashes: false}));
		await hold.reached;
		scene.hub.publish({id: 'owner/repo', files: {[item.path]: otherFile}});
		const done = await running;
		assertCompleted(done);
		assert.ok(done.fetchedBytes <= size + slack);
		await item.assertRight();
	});
}
