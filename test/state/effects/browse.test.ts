import assert from 'node:assert/strict';
import {test} from 'node:test';
import {selectBrowseDetails, selectBrowseVariant} from '../../../source/state/selectors/browse-details.js';
import {selectBrowseRows} from '../../../source/state/selectors/browse-rows.js';
import {type AppState} from '../../../source/state/state.js';
import {openAppSession} from '../../helpers/app-session.js';
import {fileOfMetadata} from '../../helpers/hub/hub-file.js';
import {type HubRepository} from '../../helpers/hub/hub-repository.js';
import {startHub, type HubServer} from '../../helpers/hub/start-hub.js';
import {tinychatRepository} from '../../helpers/hub/tinychat-repository.js';

const tinychat = 'remuda/tinychat-2.6M-GGUF';

const searchOf = ({browse}: AppState) => browse.search;

function searches(hub: HubServer): readonly string[] {
	return hub.requests.map(({path}) => new URL(path, hub.url).searchParams.get('search')).filter(text => text !== null);
}

function manyRepositories(count: number): readonly HubRepository[] {
	return Array.from({length: count}, (_, index) => ({
		id: `owner/llamalike-${index}`,
		downloads: 10_000 - index,
		tags: ['gguf'],
		files: {[`model-${index}.Q4_K_M.gguf`]: fileOfMetadata({sizeBytes: 1e9, sha256: index.toString(16).padStart(64, '0')})},
	}));
}

test('the hub is asked once the typing rests, for what was typed in the end', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	app.press('/');
	app.type('tinychat');
	await app.waitFor(({browse}) => browse.search.status === 'searching', searchOf);
	assert.deepEqual(searches(hub), [], 'the hub was asked while one types');
	const state = await app.waitFor(({browse}) => browse.search.status === 'ready', searchOf);
	assert.deepEqual(state.browse.search.results.map(({repository}) => repository), [tinychat]);
	assert.deepEqual(searches(hub), ['tinychat']);
	app.press('left', 'right', 'end');
	app.press('enter');
	await app.waitFor(({browse}) => browse.focus === 'list');
	assert.deepEqual(searches(hub), ['tinychat'], 'moving the cursor in the field asked again');
});

test('another query ends the search under way, whose answer is never seen', async () => {
	await using hub = await startHub({repositories: [tinychatRepository(), ...manyRepositories(3)]});
	await using app = await openAppSession({endpoint: hub.url});
	const slow = hub.fault({
		kind: 'delay', path: '/api/models', milliseconds: 300, times: 1,
	});
	const seen = new Set<string>();
	app.store.subscribe(() => {
		seen.add(app.state().browse.search.resultsText);
	});
	app.press('/');
	app.type('llama');
	const deadline = performance.now() + 15_000;
	while (slow.count() === 0 && performance.now() < deadline) {
		// eslint-disable-next-line no-await-in-loop -- Waits for the request.
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}

	app.press('ctrl+u');
	app.type('tiny');
	await app.waitFor(({browse}) => browse.search.resultsText === 'tiny', searchOf);
	assert.deepEqual(searches(hub), ['llama', 'tiny']);
	assert.equal(seen.has('llama'), false);
});

test('an emptied query ends the search and asks for nothing', async () => {
	await using hub = await startHub();
	await using app = await openAppSession({endpoint: hub.url});
	app.press('/');
	app.type('tiny');
	app.press('ctrl+u');
	await app.waitFor(({browse}) => browse.search.status === 'idle', searchOf);
	assert.deepEqual(searches(hub), []);
});

test('the next page comes when the cursor nears the end, until there is none', async () => {
	await using hub = await startHub({repositories: manyRepositories(70)});
	await using app = await openAppSession({endpoint: hub.url});
	app.press('/');
	app.type('llamalike');
	app.press('enter');
	await app.waitFor(({browse}) => browse.search.results.length === 50, searchOf);
	app.press('down');
	assert.equal(app.state().browse.search.isLoadingPage, false, 'a page was asked for far from the end');
	app.press('G');
	const state = await app.waitFor(({browse}) => browse.search.results.length === 70, searchOf);
	assert.equal(state.browse.search.nextCursor, undefined);
	assert.equal(new Set(selectBrowseRows(state).map(({key}) => key)).size, selectBrowseRows(state).length);
	assert.equal(state.browse.list.cursor, 49, 'the selection moved when the page came');
});

test('a hub that cannot be reached is said with why; r tries again', async () => {
	const hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	const broken = hub.fault({kind: 'status', path: '/api/models', status: 500});
	app.press('/');
	app.type('tiny');
	app.press('enter');
	const failed = await app.waitFor(({browse}) => browse.search.status === 'failed', searchOf);
	assert.ok(selectBrowseRows(failed).length > 0, 'the registry is not shown');
	broken.remove();
	app.press('r');
	await app.waitFor(({browse}) => browse.search.results.length === 1, searchOf);
	await hub.close();
	app.press('r');
	const offline = await app.waitFor(({browse}) => browse.search.status === 'failed', searchOf);
	assert.equal(offline.browse.search.error?.code, 'offline');
	assert.equal(offline.browse.search.results.length, 1, 'what was found before went away');
});

test('details bring the variants with a verdict for each', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	app.press('/');
	app.type('tinychat');
	app.press('enter');
	await app.waitFor(({browse}) => browse.search.status === 'ready', searchOf);
	app.press('G', 'enter');
	const state = await app.waitFor(({browse}) => browse.details.get(tinychat)?.status === 'ready', ({browse}) => browse.details);
	const {variants} = selectBrowseDetails(state)!;
	assert.deepEqual(variants.map(({quantization}) => quantization), ['Q2_K', 'Q4_K_M', 'Q8_0', 'F16']);
	assert.deepEqual(variants.filter(({verdict}) => verdict === undefined), []);
	assert.equal(selectBrowseVariant(state)?.quantization, 'Q8_0');
});

test('on a wide screen the details come by themselves where the cursor rests', async () => {
	await using hub = await startHub({repositories: [tinychatRepository(), ...manyRepositories(3)]});
	await using app = await openAppSession({endpoint: hub.url, columns: 140, rows: 40});
	app.press('/');
	app.type('llamalike');
	app.press('enter');
	await app.waitFor(({browse}) => browse.search.status === 'ready', searchOf);
	app.press('down', 'down');
	const state = await app.waitFor(({browse}) => browse.details.get('owner/llamalike-2')?.status === 'ready', ({browse}) => browse.details);
	assert.equal(state.browse.details.size, 1, 'rows that were only passed were asked for');
});

test('details that cannot be had are said, and tried again with r', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	app.press('/');
	app.type('tinychat');
	app.press('enter');
	await app.waitFor(({browse}) => browse.search.status === 'ready', searchOf);
	const broken = hub.fault({kind: 'status', path: `/api/models/${tinychat}`, status: 503});
	app.press('G', 'enter');
	await app.waitFor(({browse}) => browse.details.get(tinychat)?.status === 'failed', ({browse}) => browse.details);
	broken.remove();
	app.press('r');
	const state = await app.waitFor(({browse}) => browse.details.get(tinychat)?.status === 'ready', ({browse}) => browse.details);
	assert.equal(selectBrowseVariant(state)?.quantization, 'Q8_0');
});

test('d on a repository downloads its best variant, says which, and once it is here it is installed', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	app.press('/');
	app.type('tinychat');
	app.press('enter');
	await app.waitFor(({browse}) => browse.search.status === 'ready', searchOf);
	app.press('G', 'd');
	const state = await app.waitFor(({library}) => library.models.length === 2, ({downloads}) => downloads.items);
	assert.equal(state.library.models.find(({source}) => source === 'hugging-face')?.quantization, 'Q8_0');
	assert.ok(app.notices.some(text => text.startsWith('Queued tinychat-2.6M (Q8_0), 2.83 MB, the variant that suits this machine best. 2 shows')), app.notices.join('\n'));
	assert.ok(app.notices.some(text => text.includes('tinychat-2.6M (Q8_0): here and verified')), app.notices.join('\n'));
});

test('what is in the queue already, or installed, is said and not fetched again', async () => {
	await using hub = await startHub({repositories: [tinychatRepository()]});
	await using app = await openAppSession({endpoint: hub.url});
	const slow = hub.fault({kind: 'slow', path: 'tinychat', bytesPerSecond: 100_000});
	const target = {ref: `hf:${tinychat}:Q2_K`, name: 'tinychat', isRepository: false};
	const request = () => {
		app.dispatch({type: 'browse/download-requested', targets: [target]});
	};

	request();
	await app.waitFor(({downloads}) => downloads.items.length === 1, ({downloads}) => downloads.items);
	request();
	await app.waitFor(() => app.notices.some(text => text.includes('is in the queue already')), () => app.notices);
	slow.remove();
	app.press('2', 'p');
	await app.waitFor(({downloads}) => downloads.items[0]?.status === 'paused', ({downloads}) => downloads.items);
	app.press('p');
	await app.waitFor(({library}) => library.models.length === 2, ({downloads}) => downloads.items);
	request();
	await app.waitFor(() => app.notices.some(text => text.includes('installed')), () => app.notices);
	assert.equal(app.state().downloads.items.length, 1);
});

test('all that is marked is queued, and what cannot be is said with its name', async () => {
	await using hub = await startHub({repositories: [tinychatRepository(), tinychatRepository({id: 'remuda/tinychat-gone-GGUF'})]});
	await using app = await openAppSession({endpoint: hub.url});
	app.press('/');
	app.type('tinychat');
	app.press('enter');
	await app.waitFor(({browse}) => browse.search.results.length === 2, searchOf);
	hub.fault({kind: 'status', path: 'tinychat-gone', status: 404});
	app.press('G', 'up', 'space', 'space', 'd');
	await app.waitFor(() => app.notices.some(text => text.startsWith('Queued')), () => app.notices);
	const text = app.notices.find(notice => notice.startsWith('Queued'))!;
	assert.match(text, /^Queued tinychat-2\.6M \(Q8_0\).*remuda\/tinychat-gone-GGUF: /v);
	assert.equal(app.state().browse.marked.size, 0);
});
