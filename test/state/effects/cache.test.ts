import assert from 'node:assert/strict';
import {rm, truncate} from 'node:fs/promises';
import {test} from 'node:test';
import {selectCachedModel} from '../../../source/state/selectors/cache-rows.js';
import {type AppState} from '../../../source/state/state.js';
import {openAppSession, type AppSession} from '../../helpers/app-session.js';
import {startHub, type HubServer} from '../../helpers/hub/start-hub.js';
import {tinychatRepository} from '../../helpers/hub/tinychat-repository.js';

const tinychat = 'remuda/tinychat-2.6M-GGUF';

const cacheOf = ({cache, library}: AppState) => ({cache, models: library.models});

/**
The app with some variants of tinychat installed, on the cache tab.
*/
async function openWith(hub: HubServer, ...quantizations: readonly string[]): Promise<AppSession> {
	const app = await openAppSession({endpoint: hub.url});
	app.dispatch({type: 'browse/download-requested', targets: quantizations.map(quantization => ({ref: `hf:${tinychat}:${quantization}`, name: quantization, isRepository: false}))});
	await app.waitFor(({library}) => library.models.length === quantizations.length + 1, cacheOf);
	app.press('3');
	return app;
}

function installed({library}: AppState, quantization: string) {
	const model = library.models.find(candidate => candidate.quantization === quantization && candidate.source !== 'starter');
	assert.ok(model);
	return model;
}

function resultOf(state: AppState, id: string) {
	const verification = state.cache.verifications.get(id);
	return verification?.status === 'done' ? verification.result.status : verification?.status;
}

test('v verifies what is marked and says of each whether it is as it was', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openWith(hub, 'Q2_K', 'Q4_K_M', 'Q8_0');
	const [changed, missing, whole] = ['Q2_K', 'Q4_K_M', 'Q8_0'].map(quantization => installed(app.state(), quantization));
	await truncate(changed!.path, 1000);
	await rm(missing!.path);
	app.press('space', 'space', 'space', 'space', 'v');
	const state = await app.waitFor(({cache}) => cache.verifications.values().filter(({status}) => status === 'done').toArray().length === 4, cacheOf);
	assert.equal(resultOf(state, changed!.id), 'changed');
	assert.equal(resultOf(state, missing!.id), 'missing');
	assert.equal(resultOf(state, whole!.id), 'ok');
	assert.equal(resultOf(state, 'starter'), 'ok');
	await app.waitFor(() => app.notices.some(text => text.startsWith('Not as downloaded: ')), () => app.notices);
	assert.match(app.notices.at(-1)!, /tinychat-2\.6M \(Q2_K\)/v);
});

test('Esc stops a check and leaves no half result', async () => {
	await using hub = await startHub();
	await using app = await openAppSession({endpoint: hub.url});
	await app.waitFor(({library}) => library.models.length === 1, cacheOf);
	app.press('3', 'v', 'escape');
	const state = await app.waitFor(({cache}) => cache.verifications.size === 0, cacheOf);
	assert.equal(state.cache.verifications.get('starter'), undefined);
});

test('x asks first and names the bytes; then model and file are gone', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openWith(hub, 'Q2_K');
	const model = installed(app.state(), 'Q2_K');
	app.press('G');
	assert.equal(selectCachedModel(app.state())?.id, model.id);
	app.press('x');
	const {dialog} = app.state().screen;
	assert.strictEqual(dialog?.kind, 'confirm');
	assert.match(dialog.lines.join(' '), /tinychat-2\.6M \(Q2_K\), 1\.12 MB/v);
	app.press('enter');
	assert.equal(app.state().cache.removing, 'Removing one model');
	const state = await app.waitFor(({library}) => library.models.length === 1, cacheOf);
	assert.equal(state.cache.removing, undefined);
	await assert.rejects(truncate(model.path, 1), {code: 'ENOENT'});
	assert.match(app.notices.at(-1)!, /1\.12 MB are free again/v);
});

test('the starter model cannot be removed, and says so', async () => {
	await using hub = await startHub();
	await using app = await openAppSession({endpoint: hub.url});
	await app.waitFor(({library}) => library.models.length === 1, cacheOf);
	app.press('3', 'x');
	assert.equal(app.state().screen.dialog, undefined);
	assert.equal(app.state().screen.notice?.text, 'Cannot remove: the starter model is part of Remuda');
	app.press('X');
	assert.equal(app.state().screen.dialog, undefined);
});

test('p asks for a limit, shows what would go, and removes only that', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openWith(hub, 'Q2_K', 'Q8_0');
	await app.services.inventory.touch(installed(app.state(), 'Q8_0').id);
	app.press('p');
	app.type('lots');
	app.press('enter');
	const again = app.state().screen.dialog;
	assert.strictEqual(again?.kind, 'prompt');
	assert.equal(again.field.value, 'lots');
	app.press('ctrl+u');
	app.type('3MB');
	app.press('enter');
	const asked = await app.waitFor(({screen}) => screen.dialog?.kind === 'confirm');
	const {dialog} = asked.screen;
	assert.strictEqual(dialog?.kind, 'confirm');
	assert.match(dialog.lines[0]!, /Q2_K/v);
	assert.equal(asked.library.models.length, 3, 'something went before it was confirmed');
	app.press('enter');
	const state = await app.waitFor(({library}) => library.models.length === 2, cacheOf);
	assert.equal(installed(state, 'Q8_0').quantization, 'Q8_0');
});

test('a limit that is kept removes nothing and says so', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openWith(hub, 'Q2_K');
	app.press('p');
	app.type('1TB');
	app.press('enter');
	await app.waitFor(() => app.notices.some(text => text.startsWith('Nothing to remove')), () => app.notices);
	assert.equal(app.state().screen.dialog, undefined);
});

test('X removes all but the starter model, after asking', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openWith(hub, 'Q2_K', 'Q4_K_M');
	app.press('X', 'enter');
	const state = await app.waitFor(({library}) => library.models.length === 1, cacheOf);
	assert.equal(state.library.models[0]?.source, 'starter');
});

test('Enter takes the selected model to the chat, b to the bench', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openWith(hub, 'Q2_K');
	const {id} = installed(app.state(), 'Q2_K');
	app.press('G', 'enter');
	assert.equal(app.state().screen.tab, 'chat');
	assert.equal(app.state().chat.conversation.modelId, id);
	app.dispatch({type: 'screen/tab-opened', tab: 'cache'});
	app.press('b');
	assert.equal(app.state().screen.tab, 'bench');
	assert.equal(app.state().library.models[app.state().bench.models.cursor]?.id, id);
});
