import assert from 'node:assert/strict';
import {readdir, statfs} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {parseModelReference} from '../../../source/services/references/parse-model-reference.js';
import {type AppState} from '../../../source/state/state.js';
import {type DownloadStatus} from '../../../source/types/download.js';
import {openAppSession, type AppSession} from '../../helpers/app-session.js';
import {fileOfMetadata} from '../../helpers/hub/hub-file.js';
import {startHub, type HubServer} from '../../helpers/hub/start-hub.js';
import {tinychatRepository} from '../../helpers/hub/tinychat-repository.js';

const tinychat = 'remuda/tinychat-2.6M-GGUF';

const itemsOf = ({downloads}: AppState) => downloads.items;

/**
Downloads slow enough to be seen while they run, and others that are queued behind them.
*/
async function startSlowly(hub: HubServer, app: AppSession, quantizations: readonly string[], queued: readonly string[] = []) {
	const slow = hub.fault({kind: 'slow', path: 'tinychat', bytesPerSecond: 200_000});
	const targets = [...quantizations, ...queued].map(quantization => ({ref: `hf:${tinychat}:${quantization}`, name: quantization, isRepository: false}));
	app.dispatch({type: 'browse/download-requested', targets});
	await app.waitFor(({downloads}) => downloads.items.length === targets.length && downloads.items.filter(({receivedBytes}) => receivedBytes > 100_000).length === quantizations.length, itemsOf);
	app.press('2');
	return slow;
}

/**
All are in a status, and nothing is being done to any: its keys act again.
*/
const allIn = (status: DownloadStatus) => ({downloads}: AppState) => downloads.items.length > 0 && downloads.working.size === 0 && downloads.items.every(download => download.status === status);

test('p pauses and lets go on; what was received is kept, and the whole file becomes an installed model', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	const slow = await startSlowly(hub, app, ['Q2_K']);
	app.press('p');
	const paused = await app.waitFor(allIn('paused'), itemsOf);
	slow.remove();
	app.press('p');
	const completed = await app.waitFor(allIn('completed'), itemsOf);
	assert.ok((paused.downloads.items[0]?.receivedBytes ?? 0) > 100_000);
	assert.equal(completed.downloads.items[0]?.fetchedBytes, 1_123_808, 'bytes were fetched twice');
	await app.waitFor(({library}) => library.models.length === 2);
	assert.match(completed.downloads.items[0]?.events.map(({text}) => text).join('\n') ?? '', /paused[\s\S]*completed/v);
});

test('P pauses all and lets all go on', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	const slow = await startSlowly(hub, app, ['Q2_K', 'Q4_K_M']);
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
	const slow = await startSlowly(hub, app, ['Q2_K']);
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

test('J and K change the order, + and - the priority, also of one that waits', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	await app.services.config.set('max_concurrent_downloads', 1);
	await startSlowly(hub, app, ['Q2_K'], ['Q4_K_M', 'Q8_0']);
	const order = ({downloads}: AppState) => downloads.items.map(({request}) => request.quantization).join(' ');
	const waitForOrder = async (expected: string) => app.waitFor(state => order(state) === expected, order);
	const last = () => app.state().downloads.items.find(({request}) => request.quantization === 'Q8_0');
	await waitForOrder('Q2_K Q4_K_M Q8_0');
	app.press('G', 'K');
	await waitForOrder('Q2_K Q8_0 Q4_K_M');
	app.press('J');
	await waitForOrder('Q2_K Q4_K_M Q8_0');
	app.press('+');
	await app.waitFor(() => last()?.status === 'downloading', itemsOf);
	assert.equal(last()?.priority, 'high');
});

test('a cap, hours and numbers that are typed are those of the download and of the config', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	await startSlowly(hub, app, ['Q2_K']);
	app.press('l');
	app.type('3MB');
	app.press('enter');
	await app.waitFor(({downloads}) => downloads.items[0]?.rateLimit === 3e6, itemsOf);
	app.press('L');
	app.type('20MB/s');
	app.press('enter');
	await app.waitFor(({downloads}) => downloads.limits?.rateLimitBytes === 20e6, ({downloads}) => downloads.limits);
	app.press('n', 'ctrl+u');
	app.type('downloads 3 connections 2');
	app.press('enter');
	await app.waitFor(({downloads}) => downloads.limits?.connectionsPerFile === 2, ({downloads}) => downloads.limits);
	const {maxConcurrentDownloads, downloads} = app.services.config.current();
	assert.deepEqual([maxConcurrentDownloads, downloads.connectionsPerFile, downloads.rateLimitBytes], [3, 2, 20e6]);
	app.press('l', 'ctrl+u', 'enter');
	await app.waitFor(state => state.downloads.items[0]?.rateLimit === undefined, itemsOf);
	app.press('t');
	app.type('0:00-0:01');
	app.press('enter');
	await app.waitFor(({screen}) => screen.dialog?.kind === 'prompt' && screen.dialog.hint.includes('is neither'), ({screen}) => screen.dialog);
});

test('what could be done to some of several is told with those it could not be done to, and why', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	await startSlowly(hub, app, ['Q2_K', 'Q4_K_M']);
	const ids = [...app.state().downloads.items.map(({id}) => id), 'gone-1', 'gone-2', 'gone-3'];
	app.dispatch({type: 'downloads/command-requested', command: 'pause', ids});
	await app.waitFor(() => app.notices.some(text => text.startsWith('Paused 2 of 5.')), () => app.notices);
	const notice = app.notices.find(text => text.startsWith('Paused 2 of 5.')) ?? '';
	assert.match(notice, /gone-1: .*gone-2: .*1 more could not either/v);
	assert.doesNotMatch(notice, /gone-3/v);
});

test('at the end downloads can be paused or cancelled, and then the app ends', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	assert.equal(await statusAfterQuitting(hub, 'q', 'p'), 'paused');
	assert.equal(await statusAfterQuitting(hub, 'q', 'x', 'enter'), 'cancelled');
});

async function statusAfterQuitting(hub: HubServer, ...keys: readonly string[]): Promise<DownloadStatus | undefined> {
	await using app = await openAppSession({endpoint: hub.url});
	const slow = await startSlowly(hub, app, ['Q2_K']);
	app.press(...keys);
	await app.waitFor(({screen}) => screen.quitting);
	slow.remove();
	return app.services.downloads.list()[0]?.status;
}

test('a licence with terms of its own is asked for once, and by Enter alone nothing is accepted', async () => {
	const licensed = tinychatRepository({license: 'gemma'});
	await using hub = await startHub({repositories: [licensed]});
	await using app = await openAppSession({endpoint: hub.url});
	const request = (quantization: string) => {
		app.dispatch({type: 'browse/download-requested', targets: [{ref: `hf:${tinychat}:${quantization}`, name: quantization, isRepository: false}]});
	};

	request('Q2_K');
	const {screen} = await app.waitFor(state => state.screen.dialog?.kind === 'choice');
	assert.strictEqual(screen.dialog?.kind, 'choice');
	assert.ok(screen.dialog.lines.some(line => line.includes('https://ai.google.dev/gemma/terms')));
	app.press('enter');
	assert.deepEqual(app.services.downloads.list(), []);
	request('Q2_K');
	await app.waitFor(state => state.screen.dialog?.kind === 'choice');
	app.press('y');
	await app.waitFor(({downloads}) => downloads.items.length === 1, itemsOf);
	request('Q4_K_M');
	await app.waitFor(({downloads}) => downloads.items.length === 2, itemsOf);
	assert.equal(app.state().screen.dialog, undefined, 'it was asked for again');
	const consents = await app.services.consents.list();
	assert.deepEqual(consents.map(({key}) => key), ['gemma']);
});

test('whoever types elsewhere is not asked: the notice says what is missing', async () => {
	await using hub = await startHub({repositories: [tinychatRepository({license: 'gemma'})]});
	await using app = await openAppSession({endpoint: hub.url});
	app.dispatch({type: 'browse/download-requested', targets: [{ref: `hf:${tinychat}:Q2_K`, name: 'x', isRepository: false}]});
	app.press('5');
	await app.waitFor(() => app.notices.some(text => text.includes('its licence has to be accepted first (Gemma Terms of Use)')), () => app.notices);
	assert.equal(app.state().screen.dialog, undefined);
});

test('where there is no room a dialog offers the installed models, and removes none before that is enough', async () => {
	const huge = {'huge.Q4_K_M.gguf': fileOfMetadata({sizeBytes: 1e15, sha256: 'a'.repeat(64)})};
	await using hub = await startHub({repositories: [tinychatRepository(), {id: 'owner/huge-GGUF', license: 'mit', files: huge}]});
	await using app = await openAppSession({endpoint: hub.url});
	const request = (ref: string) => {
		app.dispatch({type: 'browse/download-requested', targets: [{ref, name: ref, isRepository: false}]});
	};

	request(`hf:${tinychat}:Q2_K`);
	await app.waitFor(({library}) => library.models.length === 2, itemsOf);
	request('hf:owner/huge-GGUF:Q4_K_M');
	const {screen} = await app.waitFor(state => state.screen.dialog?.kind === 'room', state => [state.screen, app.notices]);
	assert.partialDeepStrictEqual(screen.dialog, {wanted: 'huge (Q4_K_M)', candidates: [{name: 'tinychat-2.6M (Q2_K)', sizeBytes: 1_123_808}]});
	app.press('enter');
	assert.equal(app.notices.at(-1), 'Cannot remove these and download: all of them together would not be enough');
	app.press('escape');
	const left = await app.services.inventory.list();
	assert.equal(left.length, 2);
});

test('what was chosen to make room is removed, and then the download begins', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	app.dispatch({type: 'browse/download-requested', targets: [{ref: `hf:${tinychat}:Q2_K`, name: 'x', isRepository: false}]});
	const {library} = await app.waitFor(state => state.library.models.length === 2, itemsOf);
	const installed = library.models.find(({source}) => source === 'hugging-face')?.id ?? '';
	app.dispatch({
		type: 'downloads/room-requested', modelIds: [installed], targets: [{ref: `hf:${tinychat}:Q4_K_M`, name: 'x', isRepository: false}], ids: [],
	});
	await app.waitFor(state => state.library.models.some(({quantization}) => quantization === 'Q4_K_M'), itemsOf);
	assert.ok(app.state().library.models.every(({id}) => id !== installed));
	assert.ok(app.notices.includes('Removed one model: 1.12 MB are free again.'), app.notices.join('\n'));
});

test('one of the queue that has no room any more asks for it, and goes on once there is', async () => {
	const {bavail, bsize} = await statfs(tmpdir());
	const most = {'most.Q4_K_M.gguf': fileOfMetadata({sizeBytes: Math.floor(bavail * bsize * 0.6), sha256: 'a'.repeat(64)})};
	await using hub = await startHub({repositories: [{id: 'owner/one-GGUF', license: 'mit', files: most}, {id: 'owner/other-GGUF', license: 'mit', files: most}]});
	await using app = await openAppSession({endpoint: hub.url});
	const {sources, downloads} = app.services;
	const startAt = new Date(Date.now() + 86_400_000).toISOString();
	const add = async (name: string) => {
		const request = await sources.resolve(parseModelReference(`hf:owner/${name}-GGUF:Q4_K_M`), {signal: AbortSignal.timeout(10_000)});
		return downloads.add(request, {startAt});
	};

	const one = await add('one');
	await downloads.cancel(one.id);
	const other = await add('other');
	await app.waitFor(state => itemsOf(state).length === 2, itemsOf);
	app.press('2', 'j', 'r');
	const {screen} = await app.waitFor(state => state.screen.dialog?.kind === 'room', state => [state.screen, app.notices]);
	assert.partialDeepStrictEqual(screen.dialog, {wanted: 'one (Q4_K_M)', targets: [], downloads: [one.id]});
	app.press('escape');
	await downloads.cancel(other.id);
	app.dispatch({
		type: 'downloads/room-requested', modelIds: [], targets: [], ids: [one.id],
	});
	await app.waitFor(state => itemsOf(state).some(({id, status}) => id === one.id && status === 'pending'), itemsOf);
});
