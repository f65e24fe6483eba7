import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync} from 'node:fs';
import {chown, mkdir} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {type Download} from '../../../source/types/download.js';
import {
	assertCompleted,
	assertFailed,
	places,
	size,
	slack,
} from './fault-scene.js';
import {
	modelFile,
	oneModel,
	sha256Of,
	startWorld,
	type World,
} from './world.js';

// The folder of the models may not be written any more: {when}.

const nobody = 65_534;
const moments = {...places, 'during verification': undefined} as const;

/**
Resolves with the first state of the only download that fits.
*/
async function untilChild(child: ChildProcess, isThere: (download: Download) => boolean): Promise<Download> {
	const {promise, resolve, reject} = Promise.withResolvers<Download>();
	const listen = (message: unknown) => {
		const found = message as Download;
		if (isThere(found)) {
			resolve(found);
		}
	};

	const fail = () => {
		reject(new Error('The process that downloads has ended.'));
	};

	child.on('message', listen);
	child.once('exit', fail);
	try {
		return await promise;
	} finally {
		child.off('message', listen);
		child.off('exit', fail);
	}
}

/**
Of the folder of the models, that of the partial files, and that of the download.
*/
function setMode({models, partials}: World, mode: number): void {
	for (const folder of [path.join(partials, 'owner-repo-q4_k_m'), partials, models]) {
		chmodSync(folder, mode);
	}
}

const isSettled = ({status}: Download) => status === 'failed' || status === 'completed';

for (const [moment, at] of Object.entries(moments)) {
	test(`the folder of the models may not be written any more ${moment}: a clear error, and the right file once it may`, async (t: TestContext) => {
		if (process.getuid === undefined) {
			t.skip('there are no such permissions');
			return;
		}

		const {files, file, request} = await oneModel(size);
		await using world = await startWorld(files);
		await mkdir(world.models);
		if (process.getuid() === 0) {
			await Promise.all([world.home, world.models].map(async folder => chown(folder, nobody, nobody)));
		}

		const hold = world.hub.fault({
			kind: 'hold', at: at ?? 0, times: 1,
		});
		const child = fork(path.join(import.meta.dirname, 'fault-child.ts'), [world.home, world.hub.url, JSON.stringify(request)], {execArgv: ['--import', 'tsx']});
		try {
			const settled = untilChild(child, isSettled);
			await (at === undefined ? untilChild(child, ({status}) => status === 'downloading') : hold.reached);
			if (at === undefined) {
				hold.remove();
				await untilChild(child, ({status}) => status === 'verifying');
			}

			setMode(world, 0o500);
			hold.remove();
			const failed = await settled;
			setMode(world, 0o700);
			assertFailed(failed, ['models_unwritable']);

			const again = untilChild(child, isSettled);
			child.send('resume');
			const done = await again;
			assertCompleted(done);
			t.assert.ok(done.fetchedBytes <= size + slack, `${done.fetchedBytes} bytes were fetched`);
			t.assert.strictEqual(await sha256Of(world.target(modelFile)), await file.sha256());
			child.send('end');
			await once(child, 'exit');
		} finally {
			child.kill('SIGKILL');
		}
	});
}
