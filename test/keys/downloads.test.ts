import assert from 'node:assert/strict';
import {test} from 'node:test';
import {helpSections} from '../../source/keys/help.js';
import {resolveKeypress} from '../../source/keys/resolve-keypress.js';
import {type Action} from '../../source/state/actions.js';
import {type PromptDialog, type RoomDialog} from '../../source/state/dialog.js';
import {type AppState} from '../../source/state/state.js';
import {type Download} from '../../source/types/download.js';
import {continueFrom, stateAfter} from '../helpers/app-state.js';
import {download} from '../helpers/models.js';

const now = Date.parse('2026-01-01T12:00:00');

function stateOf(...downloads: readonly Download[]): AppState {
	return stateAfter(
		{type: 'screen/clock-ticked', now},
		{type: 'screen/tab-opened', tab: 'downloads'},
		{
			type: 'downloads/limits-known', limits: {
				maxConcurrentDownloads: 2, connectionsPerFile: 8, rateLimitBytes: 0, quietHours: '',
			},
		},
		{type: 'downloads/changed', downloads, at: now},
	);
}

function press(state: AppState, name: string): readonly Action[] {
	return resolveKeypress(state, {name, text: name === 'space' ? ' ' : ([...name].length === 1 ? name : '')});
}

function pressAll(state: AppState, ...names: readonly string[]): AppState {
	let next = state;
	for (const name of names) {
		next = continueFrom(next, ...press(next, name));
	}

	return next;
}

/**
Types over what stands in a prompt, and accepts it.
*/
function answer(state: AppState, key: string, text: string): readonly Action[] {
	return press(pressAll(state, key, 'ctrl+u', ...[...text].map(character => character === ' ' ? 'space' : character)), 'enter')
		.filter(({type}) => type !== 'screen/prompt-answered');
}

function promptOf(actions: readonly Action[]): PromptDialog {
	const [action] = actions;
	assert.strictEqual(action?.type, 'screen/dialog-opened');
	assert.strictEqual(action.dialog.kind, 'prompt');
	return action.dialog;
}

function reason(state: AppState, key: string): string {
	const [action] = press(state, key);
	assert.strictEqual(action?.type, 'screen/noticed');
	return action.notice.text;
}

test('p pressed again while the first one is carried out undoes nothing, and says why', () => {
	const state = pressAll(stateOf(download({id: 'a'}), download({id: 'b'})), 'p');
	assert.deepEqual([...state.downloads.working], [['a', 'pause']]);
	assert.match(reason(state, 'p'), /still being done/v);
	assert.deepEqual(press(state, 'P'), [{type: 'downloads/command-requested', command: 'pause', ids: ['b']}]);
	assert.match(reason(pressAll(state, 'P'), 'P'), /still being done/v);
	assert.equal(pressAll(state, 'x').screen.dialog?.kind, 'confirm', 'who cancels does not wait');
});

test('of several marked ones p pauses those that run, and lets them go on where none does', () => {
	const some = stateOf(download({id: 'a'}), download({id: 'b', status: 'paused'}), download({id: 'c', status: 'completed'}));
	const marked = pressAll(some, 'space', 'space', 'space');
	assert.deepEqual(press(marked, 'p'), [{type: 'downloads/command-requested', command: 'pause', ids: ['a']}]);
	const paused = pressAll(stateOf(download({id: 'a', status: 'paused'}), download({id: 'b', status: 'paused'})), 'space', 'space');
	assert.deepEqual(press(paused, 'p'), [{type: 'downloads/command-requested', command: 'resume', ids: ['a', 'b']}]);
});

test('r and R try at once what waits to be tried again, not what waits for its turn', () => {
	const state = stateOf(download({id: 'a', status: 'pending', retryAt: new Date(now + 60_000).toISOString()}), download({id: 'b', status: 'pending'}));
	const resume = [{type: 'downloads/command-requested', command: 'resume', ids: ['a']}];
	assert.deepEqual(press(state, 'r'), resume);
	assert.deepEqual(press(state, 'R'), resume);
	assert.match(reason(pressAll(state, 'j'), 'r'), /did not fail/v);
});

test('R tries all failed ones again and leaves the cancelled ones, c clears what is finished', () => {
	const downloads = (['failed', 'cancelled', 'failed', 'completed', 'downloading'] as const).map((status, index) => download({id: `${status}${index}`, status}));
	const state = stateOf(...downloads);
	assert.deepEqual(press(state, 'R'), [{type: 'downloads/command-requested', command: 'resume', ids: ['failed0', 'failed2']}]);
	assert.deepEqual(press(state, 'c'), [{type: 'downloads/command-requested', command: 'forget', ids: ['cancelled1', 'completed3']}]);
	const running = stateOf(download({id: 'a'}));
	assert.match(reason(running, 'R'), /none failed/v);
});

test('J and K move in the queue, < and > to its ends, and say where it goes no further', () => {
	const state = stateOf(download({id: 'a'}), download({id: 'b'}), download({id: 'high', priority: 'high'}), download({id: 'done', status: 'completed'}));
	assert.deepEqual(press(state, 'J'), [{type: 'downloads/move-requested', ids: ['a'], to: 'down'}]);
	assert.match(reason(state, 'K'), /first of its priority/v);
	assert.match(reason(state, '<'), /first of its priority/v);
	const second = pressAll(state, 'j');
	assert.deepEqual(press(second, 'K'), [{type: 'downloads/move-requested', ids: ['b'], to: 'up'}]);
	assert.deepEqual(press(second, '<'), [{type: 'downloads/move-requested', ids: ['b'], to: 'first'}]);
	assert.match(reason(second, '>'), /last of its priority/v);
	const last = pressAll(state, 'G');
	assert.match(reason(last, 'J'), /it is over/v);
});

test('several marked ones move together and overtake none that can go no further', () => {
	const downloads = ['a', 'b', 'c', 'd'].map(id => download({id}));
	const state = pressAll(stateOf(...downloads), 'space', 'j', 'space');
	assert.deepEqual([...state.downloads.marked], ['a', 'c']);
	assert.match(reason(state, 'K'), /first/v);
	assert.deepEqual(press(state, 'J'), [{type: 'downloads/move-requested', ids: ['a', 'c'], to: 'down'}]);
	assert.deepEqual(press(state, '<'), [{type: 'downloads/move-requested', ids: ['a', 'c'], to: 'first'}]);
});

test('+ and - take each a step further from its own priority', () => {
	const state = pressAll(stateOf(download({id: 'low', priority: 'low'}), download({id: 'normal'}), download({id: 'high', priority: 'high'})), 'space', 'space', 'space');
	assert.deepEqual(press(state, '+'), [
		{type: 'downloads/configure-requested', ids: ['low'], change: {priority: 'normal'}},
		{type: 'downloads/configure-requested', ids: ['normal'], change: {priority: 'high'}},
	]);
	const lowest = stateOf(download({id: 'low', priority: 'low'}));
	assert.match(reason(lowest, '-'), /low already/v);
});

test('l caps the chosen ones and takes the cap away again, L caps all', () => {
	const state = stateOf(download({id: 'a', rateLimit: 5e6}));
	assert.equal(promptOf(press(state, 'l')).field.value, '5.00MB');
	const set = (rateLimit: unknown) => [{type: 'downloads/configure-requested', ids: ['a'], change: {rateLimit}}];
	assert.deepEqual(answer(state, 'l', '1.5 MB/s'), set(1.5e6));
	assert.deepEqual(answer(state, 'l', '500KB'), set(500e3));
	assert.deepEqual(answer(state, 'l', ''), set(null));
	assert.deepEqual(answer(state, 'l', '0'), set(null));
	assert.deepEqual(answer(state, 'L', '20MB'), [{type: 'downloads/limits-requested', changes: {rateLimitBytes: 20e6}}]);
	assert.deepEqual(answer(state, 'L', ''), [{type: 'downloads/limits-requested', changes: {rateLimitBytes: 0}}]);
	const odd = stateOf(download({id: 'a', rateLimit: 1_234_567}));
	assert.equal(promptOf(press(odd, 'l')).field.value, '1234567', 'what is shown is what is set');
});

test('what cannot be understood is asked for again, with what is wrong and about the same downloads', () => {
	const state = pressAll(stateOf(download({id: 'a'}), download({id: 'b'})), 'space', 'space');
	const answers = [
		['l', 'fast', /no rate/v],
		['L', '-5', /no rate/v],
		['t', 'noon', /"noon" is neither/v],
		['t', '02:00 03:00', /One time/v],
		['T', '25:00-07:00', /no hours/v],
		['n', 'downloads 99', /downloads must be a whole number from 1 to 16/v],
	] as const;
	const prompts = answers.map(([key, text]) => promptOf(answer(state, key, text)));
	assert.deepEqual(prompts.map(({field}) => field.value), answers.map(([, text]) => text));
	assert.deepEqual(prompts.map(({subjects}) => subjects), answers.map(() => ['a', 'b']));
	const unexplained = prompts.filter(({hint}, index) => !answers[index]![2].test(hint));
	assert.deepEqual(unexplained, []);
});

test('t sets a start, hours or both, and an empty answer takes them away', () => {
	const state = stateOf(download({id: 'a', startAt: new Date(now + 3_600_000).toISOString(), hours: {from: '23:00', to: '07:00'}}));
	assert.equal(promptOf(press(state, 't')).field.value, '13:00 23:00-07:00');
	const [action] = answer(state, 't', '02:00');
	assert.deepEqual(action, {type: 'downloads/configure-requested', ids: ['a'], change: {startAt: new Date('2026-01-02T02:00:00').toISOString(), hours: null}});
	assert.deepEqual(answer(state, 't', '22:00-06:00'), [{type: 'downloads/configure-requested', ids: ['a'], change: {startAt: null, hours: {from: '22:00', to: '06:00'}}}]);
	assert.deepEqual(answer(state, 't', ''), [{type: 'downloads/configure-requested', ids: ['a'], change: {startAt: null, hours: null}}]);
	const past = stateOf(download({id: 'a', startAt: new Date(now - 3_600_000).toISOString()}));
	assert.equal(promptOf(press(past, 't')).field.value, '', 'a start that is over must not become one of tomorrow');
});

test('T sets the hours of all, n how much runs at once', () => {
	const state = stateOf(download({id: 'a'}));
	assert.deepEqual(answer(state, 'T', '23:00-07:00'), [{type: 'downloads/limits-requested', changes: {quietHours: '23:00-07:00'}}]);
	assert.deepEqual(answer(state, 'T', ''), [{type: 'downloads/limits-requested', changes: {quietHours: ''}}]);
	assert.equal(promptOf(press(state, 'n')).field.value, 'downloads 2 connections 8');
	assert.deepEqual(answer(state, 'n', 'downloads 4'), [{type: 'downloads/limits-requested', changes: {maxConcurrentDownloads: 4}}]);
});

test('what can be done to a download can be done over its details as well, which scroll', () => {
	const events = Array.from({length: 40}, (_, index) => ({at: new Date(now).toISOString(), text: `event ${index}`}));
	const state = pressAll(stateOf(download({id: 'a', events}), download({id: 'b'})), 'enter');
	assert.equal(state.downloads.isDetailsOpen, true);
	assert.deepEqual(press(state, 'p'), [{type: 'downloads/command-requested', command: 'pause', ids: ['a']}]);
	const last = pressAll(state, 'G').downloads.detailsTop;
	assert.ok(last > 10);
	assert.equal(pressAll(state, 'G', 'j', 'k').downloads.detailsTop, last - 1);
	assert.equal(pressAll(state, 'right').downloads.selectedKey, 'b');
	assert.equal(pressAll(state, 'escape').downloads.isDetailsOpen, false);
});

test('with nothing to act on every key of the tab says why', () => {
	const empty = stateOf();
	const keys = ['p', 'P', 'x', 'r', 'R', 'c', 'J', 'K', '<', '>', '+', '-', 'l', 't', 'space', 'enter'];
	assert.deepEqual(keys.filter(key => !reason(empty, key).startsWith('Cannot ')), []);

	const shown = helpSections(empty).find(({title}) => title === 'downloads')?.entries ?? [];
	assert.ok(shown.filter(entry => entry.reason !== undefined).length >= 12);
});

test('the question at the end takes a letter or the selected way, Esc stays, Ctrl-C leaves them running', () => {
	const asked = pressAll(stateOf(download({id: 'a'})), 'q');
	const quit = {type: 'app/quit'};
	const close = {type: 'screen/dialog-closed'};
	assert.deepEqual(press(asked, 'b'), [close, quit]);
	assert.deepEqual(press(asked, 'enter'), [close, quit]);
	assert.deepEqual(press(pressAll(asked, 'j'), 'enter'), [close, {type: 'downloads/quit-requested', command: 'pause', ids: ['a']}]);
	assert.deepEqual(press(pressAll(asked, 'G'), 'ctrl+c'), [close, quit]);
	assert.deepEqual(press(asked, 'y'), [], 'a letter that is not offered');
	assert.equal(pressAll(asked, 'escape').screen.dialog, undefined);
	const certain = pressAll(asked, 'x');
	assert.equal(certain.screen.dialog?.kind, 'confirm');
	assert.deepEqual(press(certain, 'enter'), [close, {type: 'downloads/quit-requested', command: 'cancel', ids: ['a']}]);
	assert.equal(pressAll(certain, 'ctrl+c').screen.quitting, false, 'what is lost is not confirmed by leaving');
});

test('room is made of what is chosen, and of nothing before it is enough', () => {
	const dialog: RoomDialog = {
		kind: 'room',
		wanted: 'gamma',
		missingBytes: 3e9,
		candidates: ['a', 'b', 'c'].map(id => ({id, name: id, sizeBytes: 2e9})),
		chosen: new Set(['a', 'b']),
		cursor: 0,
		targets: [{ref: 'hf:Owner/gamma:Q4_0', name: 'gamma', isRepository: false}],
		downloads: ['delta'],
	};
	const asked = continueFrom(stateOf(), {type: 'screen/dialog-opened', dialog});
	assert.deepEqual(press(asked, 'enter'), [{type: 'screen/dialog-closed'}, {
		type: 'downloads/room-requested', modelIds: ['a', 'b'], targets: dialog.targets, ids: ['delta'],
	}]);
	const less = pressAll(asked, 'space');
	assert.match(reason(less, 'enter'), /1\.00 GB more have to go/v);
	const other = pressAll(less, 'j', 'space');
	assert.deepEqual(press(other, 'enter')[1], {
		type: 'downloads/room-requested', modelIds: ['b', 'c'], targets: dialog.targets, ids: ['delta'],
	});
	assert.equal(pressAll(asked, 'escape').screen.dialog, undefined);
});
