import assert from 'node:assert/strict';
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {type AppState} from '../../../source/state/state.js';
import {type DownloadStatus} from '../../../source/types/download.js';
import {openAppSession, type AppSession} from '../../helpers/app-session.js';
import {startHub, type HubServer} from '../../helpers/hub/start-hub.js';
import {tinychatRepository} from '../../helpers/hub/tinychat-repository.js';

const tinychat = 'remuda/tinychat-2.6M-GGUF';

const itemsOf = ({downloads}: AppState) => downloads.items;

/**
Downloads slow enough to be seen while they run.
*/
async function startSlowly(hub: HubServer, app: AppSession, ...quantizations: readonly string[]) {
	const slow = hub.fault({kind: 'slow', path: 'tinychat', bytesPerSecond: 200_000});
	app.dispatch({type: 'browse/download-requested', targets: quantizations.map(quantization => ({ref: `hf:${tinychat}:${quantization}`, name: quantization, isRepository: false}))});
	await app.waitFor(({downloads}) => downloads.items.filter(({receivedBytes}) => receivedBytes > 100_000).length === quantizations.length, itemsOf);
	app.press('2');
	return slow;
}

const allIn = (status: DownloadStatus) => ({downloads}: AppState) => downloads.items.length > 0 && downloads.items.every(download => download.status === status);

test('p pauses and lets go on; what was received is kept, and the whole file becomes an installed model', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	const slow = await startSlowly(hub, app, 'Q2_K');
	app.press('p');
	const paused = await app.waitFor(allIn('paused'), itemsOf);
	slow.remove();
	app.press('p');
	const completed = await app.waitFor(allIn('completed'), itemsOf);
	assert.ok((paused.downloads.items[0]?.receivedBytes ?? 0) > 100_000);
	assert.equal(completed.downloads.items[0]?.fetchedBytes, 1_123_808, 'bytes were fetched twice');
	await app.waitFor(({library}) => library.models.length === 2);
	const log = completed.downloads.events.values().toArray().flat().map(({text}) => text);
	assert.ok(log.includes('paused'));
	assert.equal(log.at(-1), 'completed and verified');
});

test('P pauses all and lets all go on', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	const slow = await startSlowly(hub, app, 'Q2_K', 'Q4_K_M');
	app.press('P');
	await app.waitFor(allIn('paused'), itemsOf);
	slow.remove();
	app.press('P');
	const state = await app.waitFor(allIn('completed'), itemsOf);
	assert.equal(state.downloads.items.length, 2);
});

test('x asks first, then deletes what was received; r starts a cancelled one again; c takes finished ones off the list', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	const slow = await startSlowly(hub, app, 'Q2_K');
	app.press('x');
	assert.equal(app.state().screen.dialog?.kind, 'confirm');
	app.press('escape');
	assert.equal(app.state().downloads.items[0]?.status, 'downloading');
	app.press('x', 'enter');
	await app.waitFor(allIn('cancelled'), itemsOf);
	const partials = await readdir(path.join(app.services.paths.partials)).catch(() => []);
	assert.deepEqual(partials, []);
	slow.remove();
	app.press('r');
	await app.waitFor(allIn('completed'), itemsOf);
	app.press('c');
	await app.waitFor(({downloads}) => downloads.items.length === 0, itemsOf);
	await app.waitFor(({library}) => library.models.length === 2);
});

test('a download that fails says why and what to do, and r tries again', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	const broken = hub.fault({kind: 'status', path: 'tinychat-2.6M.Q2_K.gguf', status: 403});
	app.dispatch({type: 'browse/download-requested', targets: [{ref: `hf:${tinychat}:Q2_K`, name: 'x', isRepository: false}]});
	const failed = await app.waitFor(allIn('failed'), itemsOf);
	const [download] = failed.downloads.items;
	assert.notEqual(download?.error?.message, undefined);
	assert.notEqual(download?.error?.hint, undefined);
	broken.remove();
	app.press('2', 'r');
	await app.waitFor(allIn('completed'), itemsOf);
});

test('what was in the queue when the app was closed is there again, and what was finished is no news', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	app.dispatch({type: 'browse/download-requested', targets: [{ref: `hf:${tinychat}:Q2_K`, name: 'x', isRepository: false}]});
	await app.waitFor(allIn('completed'), itemsOf);
	const notices = app.notices.length;
	app.dispatch({type: 'downloads/watch-requested'});
	await app.waitFor(({downloads}) => downloads.status === 'ready');
	assert.deepEqual(app.notices.slice(notices).filter(text => text.includes('verified')), []);
});
