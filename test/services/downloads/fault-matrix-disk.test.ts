import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
	appendFileSync,
	mkdirSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {
	assertCompleted,
	connectionCounts,
	holdAt,
	places,
	resume,
	run,
	size,
	slack,
	startScene,
	whenVerifying,
	type Case,
	type Scene,
} from './fault-scene.js';

// {what happens to the disk or to the clock} × {when} × {connections}.

const moments = {...places, 'during verification': undefined} as const;
const patience = {stall: 20_000};

/**
Does something at a moment of a download, and resolves with how that ended.
*/
async function runMeeting(scene: Scene, item: Case, at: number | undefined, act: () => void): ReturnType<typeof run> {
	if (at === undefined) {
		const hasBegun = whenVerifying(scene, item, act);
		const done = await run(scene, await item.request);
		assert.ok(hasBegun());
		return done;
	}

	const hold = holdAt(scene, item, at);
	const running = run(scene, await item.request);
	await hold.reached;
	act();
	hold.release();
	return running;
}

function named(moment: string, connections: number): string {
	return `${moment}, ${connections === 1 ? 'one connection' : `${connections} connections`}`;
}

/**
A volume of its own, where this user may mount one.
*/
function mountVolume(folder: string): Disposable | undefined {
	if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'none', folder]).status !== 0) {
		return undefined;
	}

	return {
		[Symbol.dispose]() {
			assert.equal(spawnSync('umount', ['--lazy', folder]).status, 0);
		},
	};
}

function fillUp(filler: string): void {
	for (;;) {
		try {
			appendFileSync(filler, new Uint8Array(65_536));
		} catch {
			return;
		}
	}
}

for (const connections of connectionCounts) {
	for (const [moment, at] of Object.entries(moments)) {
		test(`the disk is full ${named(moment, connections)}: the right file or a clear error, and the right file once there is room`, async (t: TestContext) => {
			let volume: Disposable | undefined;
			await using scene = await startScene(['model'], {
				connections,
				timing: patience,
				async prepare(home) {
					const models = path.join(home, 'models');
					await mkdir(models);
					volume = mountVolume(models);
				},
			});
			using mounted = volume;
			if (mounted === undefined) {
				t.skip('this user may not mount a volume');
				return;
			}

			const item = scene.case('model');
			const models = path.dirname(scene.partials);
			const filler = path.join(models, 'filler');
			const first = await runMeeting(scene, item, at, () => {
				fillUp(filler);
			});
			// Where all bytes have their place on the disk already, a full one does no harm.
			t.assert.ok(first.status === 'completed' || first.error?.code === 'disk_full', first.error?.code);
			t.assert.ok(first.status !== 'completed' || at === undefined || at > size / 2);
			rmSync(filler);
			const done = first.status === 'completed' ? first : await resume(scene, first.id);
			assertCompleted(done);
			t.assert.ok(done.fetchedBytes <= size + (slack * connections), `${done.fetchedBytes} bytes were fetched`);
			await item.assertRight();
		});
	}

	test(`the folder of partial files is removed, ${connections} at once`, {concurrency: 8}, async (t: TestContext) => {
		await using scene = await startScene(Object.keys(moments), {connections});
		await Promise.all(Object.entries(moments).map(async ([moment, at]) => t.test(`${moment}: it is begun anew, and the file is right`, async () => {
			const item = scene.case(moment);
			const done = await runMeeting(scene, item, at, () => {
				rmSync(item.folder, {recursive: true});
			});
			assertCompleted(done);
			assert.ok(done.fetchedBytes <= (2 * size) + slack, `${done.fetchedBytes} bytes were fetched`);
			await item.assertRight();
		})));
		t.assert.strictEqual(scene.session.downloads.list().length, 4);
	});

	test(`the folder of partial files is moved away, and something else is in its place, ${connections} at once`, {concurrency: 8}, async (t: TestContext) => {
		await using scene = await startScene(Object.keys(moments), {connections});
		await Promise.all(Object.entries(moments).map(async ([moment, at]) => t.test(`${moment}: it is begun anew, and the file is right`, async () => {
			const item = scene.case(moment);
			const done = await runMeeting(scene, item, at, () => {
				renameSync(item.folder, `${item.folder}-moved`);
				mkdirSync(item.folder);
				writeFileSync(path.join(item.folder, '0.partial'), 'not the file that was there');
			});
			assertCompleted(done);
			assert.ok(done.fetchedBytes <= (2 * size) + slack, `${done.fetchedBytes} bytes were fetched`);
			await item.assertRight();
		})));
		t.assert.strictEqual(scene.session.downloads.list().length, 4);
	});

	for (const days of [-1, 1]) {
		test(`the clock jumps by ${days} day, ${connections} at once`, {concurrency: 8}, async (t: TestContext) => {
			let jumped = 0;
			await using scene = await startScene(Object.keys(moments), {connections, now: () => Date.now() + jumped});
			await Promise.all(Object.entries(moments).map(async ([moment, at]) => t.test(`${moment}: the file is right`, async () => {
				const item = scene.case(moment);
				const done = await runMeeting(scene, item, at, () => {
					jumped = jumped === 0 ? days * 86_400_000 : 0;
				});
				assertCompleted(done);
				assert.equal(done.retries, 0);
				assert.ok(done.fetchedBytes <= size + slack, `${done.fetchedBytes} bytes were fetched`);
				await item.assertRight();
			})));
			t.assert.strictEqual(scene.session.downloads.list().length, 4);
		});
	}
}

test('the disk is full before the download is added: it is refused, with what is missing', async (t: TestContext) => {
	let volume: Disposable | undefined;
	await using scene = await startScene(['model'], {
		connections: 4,
		async prepare(home) {
			const models = path.join(home, 'models');
			await mkdir(models);
			volume = mountVolume(models);
		},
	});
	using mounted = volume;
	if (mounted === undefined) {
		t.skip('this user may not mount a volume');
		return;
	}

	writeFileSync(path.join(path.dirname(scene.partials), 'filler'), new Uint8Array(14_000_000));
	await t.assert.rejects(run(scene, await scene.case('model').request), {code: 'disk_full', exitCode: 6});
});
