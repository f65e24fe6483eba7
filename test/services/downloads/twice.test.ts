import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as z from 'zod/mini';
import {resolvePaths} from '../../../source/services/config/resolve-paths.js';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {recordOf} from './queue/records.js';
import {
	isMissing,
	oneModel,
	settle,
	startWorld,
	until,
} from './world.js';

const size = 2_000_000;

async function runningDownload() {
	const {files, request} = await oneModel(size);
	const world = await startWorld(files, {bytesPerSecond: 300_000});
	const session = await world.open();
	await session.downloads.start();
	const {id} = await session.downloads.add(request);
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 0);
	return {
		world,
		session,
		id,
		request,
		async [Symbol.asyncDispose]() {
			await session[Symbol.asyncDispose]();
			await world[Symbol.asyncDispose]();
		},
	};
}

test('the same call twice at once does it once', async () => {
	await using running = await runningDownload();
	const {session: {downloads}, session, id, world} = running;
	const textsOf = () => downloads.list()[0]!.events.map(({text}) => text);
	await Promise.all([downloads.pause(id), downloads.pause(id), downloads.pause(id)]);
	assert.equal(downloads.list()[0]?.status, 'paused');
	assert.deepEqual(textsOf().filter(text => text.startsWith('paused')), ['paused']);
	await downloads.pause(id);
	await Promise.all([downloads.resume(id), downloads.resume(id)]);
	await until(session, ([first]) => first?.status === 'downloading');
	await Promise.all([downloads.cancel(id), downloads.cancel(id)]);
	assert.deepEqual(textsOf().filter(text => text.startsWith('cancelled')), ['cancelled']);
	assert.deepEqual(await world.leftovers(), []);
	await Promise.all([downloads.forget(id), downloads.forget(id)]);
	assert.deepEqual(downloads.list(), []);
});

test('a pause does not undo a cancel that came before, in either order', async () => {
	await using first = await runningDownload();
	await Promise.all([first.session.downloads.cancel(first.id), first.session.downloads.pause(first.id)]);
	assert.equal(first.session.downloads.list()[0]?.status, 'cancelled');
	assert.deepEqual(await first.world.leftovers(), []);

	await using second = await runningDownload();
	await Promise.all([second.session.downloads.pause(second.id), second.session.downloads.cancel(second.id)]);
	assert.equal(second.session.downloads.list()[0]?.status, 'cancelled');
	assert.deepEqual(await second.world.leftovers(), []);
});

test('one that is resumed while its pause lands runs again', async () => {
	await using running = await runningDownload();
	const {session, id, world} = running;
	await Promise.all([session.downloads.pause(id), session.downloads.resume(id)]);
	world.hub.setRate({});
	const done = await settle(session, id);
	assert.equal(done.receivedBytes, size);
});

test('one that is cancelled and resumed at once starts from nothing, and arrives', async () => {
	await using running = await runningDownload();
	const {session, id, world} = running;
	await Promise.all([session.downloads.cancel(id), session.downloads.resume(id)]);
	world.hub.setRate({});
	await session.downloads.resume(id);
	const done = await settle(session, id);
	assert.equal(done.receivedBytes, size);
});

test('waiting ones that are paused at once, many times, all stay paused and none has begun', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	await using session = await world.open();
	const ids = ['a', 'b', 'c'];
	await Promise.all(ids.map(async modelId => session.downloads.add({...request, modelId})));
	await Promise.all([session.downloads.start(), ...ids.flatMap(id => [session.downloads.pause(id), session.downloads.pause(id)])]);
	await until(session, downloads => downloads.every(({status}) => status === 'paused'));
	assert.equal(await isMissing(world.target(request.files[0]!.path)), true);
});

test('broken records are left out, and what can be used of the queue is used', async () => {
	await using world = await startWorld({});
	const storage = openStorage({path: resolvePaths({REMUDA_HOME: world.home}).database});
	const records = storage.records<unknown>('downloads', z.unknown());
	await records.put('m', recordOf({status: 'paused'}));
	await records.put('other', {...recordOf(), id: 'other'});
	await records.put('escape', {...recordOf(), id: '../../escape'});
	await records.put('sizes', {
		...recordOf(), id: 'm2', request: {...recordOf().request, modelId: 'm2'}, sizes: [1],
	});
	await records.put('number', 5);
	await records.put('nothing', null);
	await storage.close();
	await using session = await world.open();
	await session.downloads.start();
	assert.deepEqual(session.downloads.list().map(({id, status}) => [id, status]), [['m', 'paused']]);
});
