import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tabBindings} from '../../source/keys/bindings/all-bindings.js';
import {dialogBindings} from '../../source/keys/bindings/dialog.js';
import {quitActions} from '../../source/keys/bindings/global.js';
import {helpLines, helpSections} from '../../source/keys/help.js';
import {hintsOf} from '../../source/keys/hints.js';
import {type KeyBinding} from '../../source/keys/key-binding.js';
import {choosePaletteEntry, paletteEntries} from '../../source/keys/palette.js';
import {placeOf} from '../../source/keys/place.js';
import {bindingsOf, resolveKeypress} from '../../source/keys/resolve-keypress.js';
import {tabPlace} from '../../source/keys/tab-place.js';
import {type Action} from '../../source/state/actions.js';
import {dialogRows} from '../../source/state/selectors/layout.js';
import {type AppState} from '../../source/state/state.js';
import {tabs} from '../../source/state/tabs.js';
import {textField} from '../../source/state/text-field.js';
import {
	continueFrom,
	installedModel,
	libraryOf,
	stateAfter,
} from '../helpers/app-state.js';
import {download, registryModel} from '../helpers/models.js';

const all: readonly KeyBinding[] = [...tabBindings, ...dialogBindings];

const loaded = stateAfter(
	{type: 'registry/loaded', models: [registryModel({id: 'a'}), registryModel({id: 'b'})]},
	libraryOf(installedModel()),
	{type: 'downloads/changed', downloads: [download({id: 'x'})], at: 0},
);

function press(state: AppState, name: string): readonly Action[] {
	const isTyped = [...name].length === 1;
	return resolveKeypress(state, {name, text: isTyped ? name : ''});
}

function pressAll(state: AppState, ...names: readonly string[]): AppState {
	let next = state;
	for (const name of names) {
		next = continueFrom(next, ...press(next, name));
	}

	return next;
}

test('every binding has a name of its own, a label and a key', () => {
	const ids = all.map(({id, scope}) => `${scope} ${id}`);
	assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), []);
	assert.deepEqual(all.filter(({label, keys}) => label === '' || keys.length === 0), []);
});

test('no place has two bindings for a key within one scope', () => {
	const keys = all.flatMap(({scope, keys: names}) => names.map(name => `${scope} ${name}`));
	assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
});

test('in a window too small to show anything only q and Ctrl-C, which quit without a question, and Ctrl-Z do something', () => {
	const small = continueFrom(loaded, {type: 'screen/tab-opened', tab: 'cache'}, {type: 'screen/resized', columns: 30, rows: 10});
	const names = [...new Set(all.flatMap(({keys}) => keys))];
	assert.deepEqual(names.filter(name => press(small, name).length > 0).toSorted(), ['ctrl+c', 'ctrl+z', 'q']);
	assert.deepEqual(press(small, 'q'), [{type: 'app/quit'}]);
	assert.deepEqual(press(small, 'ctrl+c'), [{type: 'app/quit'}]);
});

test('on every tab each key can be pressed with and without data', () => {
	const names = [...new Set(all.flatMap(({keys}) => keys))];
	const states = tabs.flatMap(tab => [stateAfter(), loaded].map(state => continueFrom(state, {type: 'screen/tab-opened', tab})));
	const broken = states.flatMap(state => names.filter(name => {
		try {
			pressAll(state, name);
			return false;
		} catch {
			return true;
		}
	}));
	assert.deepEqual(broken, []);
});

test('a number opens its tab, Tab the next one', () => {
	assert.deepEqual(tabs.map((_, index) => pressAll(loaded, String(index + 1)).screen.tab), [...tabs]);
	assert.equal(pressAll(loaded, 'tab').screen.tab, 'downloads');
	assert.equal(pressAll(loaded, 'shift+tab').screen.tab, 'bench');
});

test('a disabled key says why and does nothing else', () => {
	const [action, ...others] = press(stateAfter({type: 'screen/tab-opened', tab: 'downloads'}), 'p');
	assert.deepEqual(others, []);
	assert.deepEqual(action, {type: 'screen/noticed', notice: {kind: 'info', text: 'Cannot pause or go on: there is no download; 1 browse, d downloads a model'}});
});

test('the first key after a notice clears it and does its work', () => {
	const state = continueFrom(loaded, {type: 'screen/noticed', notice: {kind: 'info', text: 'Done.'}});
	const next = pressAll(state, 'j');
	assert.equal(next.screen.notice, undefined);
	assert.equal(next.browse.list.cursor, 1);
});

test('while text is typed, letters type and do not command', () => {
	const typing = pressAll(loaded, '/', 'q', 'd', '?', '1');
	assert.equal(typing.browse.query.value, 'qd?1');
	assert.equal(typing.screen.tab, 'browse');
	assert.equal(typing.screen.dialog, undefined);
});

test('Esc leaves the search and keeps it, a second one clears it; Enter goes to the list', () => {
	const typing = pressAll(loaded, '/', 'a');
	const left = pressAll(typing, 'escape');
	assert.deepEqual([left.browse.focus, left.browse.query.value], ['list', 'a']);
	const cleared = pressAll(left, 'escape');
	assert.equal(cleared.browse.query.value, '');
	assert.equal(pressAll(typing, 'enter').browse.focus, 'list');
	assert.equal(pressAll(typing, 'down').browse.focus, 'list');
});

test('Enter opens the details, where the arrows choose a variant, and Esc comes back', () => {
	const details = pressAll(loaded, 'j', 'enter');
	assert.equal(details.browse.focus, 'details');
	assert.equal(pressAll(details, 'j').browse.list.cursor, 1, 'the list moved');
	assert.equal(pressAll(details, 'escape').browse.focus, 'list');
	assert.deepEqual(press(details, 'd'), [{type: 'browse/download-requested', targets: [{ref: 'b', name: 'b Q4_K_M', isRepository: false}]}]);
});

test('what is installed is not downloaded again, and can be chatted with', () => {
	const state = continueFrom(loaded, libraryOf(installedModel({id: 'a'})));
	assert.deepEqual(press(state, 'd'), [{type: 'screen/noticed', notice: {kind: 'info', text: 'Cannot download: it is installed; c chats with it'}}]);
	assert.deepEqual(press(state, 'c'), [{type: 'chat/model-chosen', modelId: 'a'}, {type: 'screen/tab-opened', tab: 'chat'}]);
	assert.match(JSON.stringify(press(loaded, 'c')), /not installed yet; d downloads it/v);
});

test('a dialog takes the keys until it is closed, and Enter does what it asked', () => {
	const asked = pressAll(loaded, '2', 'x');
	assert.equal(asked.screen.dialog?.kind, 'confirm');
	assert.equal(pressAll(asked, 'q', '3').screen.tab, 'downloads');
	assert.equal(pressAll(asked, 'escape').screen.dialog, undefined);
	assert.deepEqual(press(asked, 'enter'), [{type: 'screen/dialog-closed'}, {type: 'downloads/command-requested', command: 'cancel', ids: ['x']}]);
});

test('q quits at once when nothing runs, and asks with a list of what does otherwise', () => {
	assert.deepEqual(press(stateAfter(), 'q'), [{type: 'app/quit'}]);
	const {dialog} = pressAll(loaded, 'q').screen;
	assert.strictEqual(dialog?.kind, 'choice');
	assert.match(dialog.lines[0]!, /^x .*received/v);
	assert.equal(pressAll(loaded, 'q', 'enter').screen.quitting, true);
});

test('the help has every key of its place, nearest first, with why it cannot be pressed', () => {
	const states = tabs.map(tab => stateAfter({type: 'screen/tab-opened', tab}));
	const shown = states.map(state => helpSections(state).flatMap(({entries}) => entries).length);
	assert.deepEqual(shown, states.map(state => bindingsOf(tabPlace(state)).length));
	const [first, last] = helpSections(loaded);
	assert.equal(first?.title, 'browse');
	assert.equal(last?.title, 'everywhere');
	const chat = first?.entries.find(({keys}) => keys === 'c');
	assert.match(chat?.reason ?? '', /not installed yet/v);
});

test('the hints fit the width, and the way to the help and out is always there', () => {
	const ends = [30, 60, 80, 200].map(width => hintsOf(loaded, width).slice(-2).map(({key}) => key).join(' '));
	assert.deepEqual(ends, ['? q', '? q', '? q', '? q']);
	assert.ok(hintsOf(loaded, 200).length > hintsOf(loaded, 60).length);
	assert.equal(hintsOf(loaded, 80)[0]?.key, '/');
});

test('the hints name only keys that do something now', () => {
	const empty = stateAfter({type: 'screen/tab-opened', tab: 'downloads'});
	assert.deepEqual(hintsOf(empty, 200).map(({key}) => key).filter(key => ['p', 'x', 'r', 'c', 'Enter', 'Space'].includes(key)), []);
	const state = continueFrom(empty, {type: 'downloads/changed', downloads: [download({id: 'one'}), download({id: 'two'})], at: 0});
	const hints = [80, 200].map(width => new Set(hintsOf(state, width).map(({label}) => label)));
	assert.deepEqual(hints.map(labels => [labels.has('cap the rate'), labels.has('try again')]), [[true, false], [true, false]]);
});

test('a reason in the help is told whole, however narrow the screen is', () => {
	const state = continueFrom(stateAfter({type: 'downloads/changed', downloads: [download({id: 'one'})], at: 0}), {type: 'screen/tab-opened', tab: 'downloads'}, {type: 'screen/resized', columns: 60, rows: 20});
	const texts = helpLines(state).map(({text}) => text);
	assert.match(texts.join(' '), /earlier in the queue \(it is the first of its priority already; \+ and - change that\)/v);
	assert.ok(texts.every(text => text.length <= 60 - 4 - 23));
});

test('hints belong to what has the focus', () => {
	assert.notDeepEqual(hintsOf(pressAll(loaded, '/'), 80), hintsOf(loaded, 80));
	const dialog = hintsOf(pressAll(loaded, ':'), 80);
	assert.ok(dialog.some(({key}) => key === 'Esc'));
});

test('the palette finds everything of this tab by words in any order, and does it', () => {
	const open = pressAll(loaded, ':');
	const {dialog} = open.screen;
	assert.strictEqual(dialog?.kind, 'palette');
	assert.ok(paletteEntries(open, dialog).length > 20);
	const found = {...dialog, field: textField('TAB cache')};
	assert.deepEqual(paletteEntries(open, found).map(({id}) => id), ['tab.cache']);
	assert.deepEqual(choosePaletteEntry(open, found), [{type: 'screen/tab-opened', tab: 'cache'}]);
	const nothing = {...dialog, field: textField('no such thing')};
	assert.deepEqual(choosePaletteEntry(open, nothing), []);
	const impossible = {...dialog, field: textField('browse.chat')};
	assert.match(JSON.stringify(choosePaletteEntry(open, impossible)), /Cannot chat with it/v);
});

test('the palette filters as one types and Enter takes the selected entry', () => {
	const state = pressAll(loaded, ':', ...'downloads tab', 'enter');
	assert.equal(state.screen.tab, 'downloads');
	assert.equal(state.screen.dialog, undefined);
});

test('the place is the dialog while one is open, and the tab behind it for help and palette', () => {
	const open = pressAll(loaded, '?');
	assert.deepEqual(placeOf(open).scopes, ['dialog.help']);
	assert.deepEqual(tabPlace(open).scopes, ['browse', 'global']);
});

test('in the help the keys that move elsewhere move, as far as there is something to see', () => {
	const open = pressAll(loaded, '?');
	const tops = (...names: readonly string[]) => {
		const {dialog} = pressAll(open, ...names).screen;
		assert.strictEqual(dialog?.kind, 'help');
		return dialog.top;
	};

	const last = helpLines(open).length - dialogRows(open.screen);
	assert.ok(last > 2);
	assert.deepEqual([tops('j'), tops('down', 'j', 'k'), tops('G'), tops('G', 'j', 'k'), tops('G', 'pagedown', 'up'), tops('G', 'g'), tops('k')], [1, 1, last, last - 1, last - 1, 0, 0]);
	assert.deepEqual(['q', '?', 'escape', 'enter', 'ctrl+c'].filter(name => pressAll(open, name).screen.dialog !== undefined || pressAll(open, name).screen.quitting), []);
});

test('the selection of the palette stops at its last entry, and one step back is seen', () => {
	const open = pressAll(loaded, ':', ...'tab');
	const {dialog} = open.screen;
	assert.strictEqual(dialog?.kind, 'palette');
	const count = paletteEntries(open, dialog).length;
	const far = pressAll(open, ...Array.from({length: count + 5}, () => 'down'), 'pagedown', 'up');
	assert.equal(far.screen.dialog?.kind === 'palette' && far.screen.dialog.cursor, count - 2);
});

test('Ctrl-C on the question whether to quit quits, and closes any other dialog', () => {
	assert.equal(pressAll(loaded, 'ctrl+c', 'ctrl+c').screen.quitting, true);
	const other = pressAll(loaded, '2', 'x', 'ctrl+c');
	assert.deepEqual([other.screen.quitting, other.screen.dialog], [false, undefined]);
});

test('the question whether to quit speaks of downloads only where some run', () => {
	const answering: AppState = {...stateAfter(), bench: {...stateAfter().bench, queue: ['starter']}};
	const [action] = quitActions(answering);
	assert.match(JSON.stringify(action), /A benchmark is running/v);
	assert.doesNotMatch(JSON.stringify(action), /ownload/v);
	assert.match(JSON.stringify(quitActions(loaded)), /go on in the background/v);
});

test('Ctrl-Z is a key like any other: everywhere, and in help and palette', () => {
	const places = [loaded, pressAll(loaded, '/'), pressAll(loaded, '?'), pressAll(loaded, ':'), pressAll(loaded, '2', 'x')];
	assert.deepEqual(places.map(state => press(state, 'ctrl+z')), places.map(() => [{type: 'app/suspend-requested'}]));
	assert.ok(helpSections(loaded).some(({entries}) => entries.some(({keys}) => keys === 'Ctrl+Z')));
	assert.deepEqual(choosePaletteEntry(loaded, {kind: 'palette', field: textField('shell'), cursor: 0}), [{type: 'app/suspend-requested'}]);
});

test('a dialog takes no text it has no field for, and a prompt keeps what is typed', () => {
	const help = pressAll(loaded, '?');
	assert.deepEqual(press(help, 'x'), []);
	const prompt = continueFrom(loaded, {
		type: 'screen/dialog-opened', dialog: {
			kind: 'prompt', purpose: 'sampling', title: '', hint: '', field: textField('a'),
		},
	});
	const typed = pressAll(prompt, 'b', 'down', 'c').screen.dialog;
	assert.equal(typed?.kind === 'prompt' && typed.field.value, 'abc');
});
