import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Action} from '../../source/state/actions.js';
import {noticeLines} from '../../source/state/selectors/layout.js';
import {emptyTextField, textField} from '../../source/state/text-field.js';
import {installedModel, libraryOf, stateAfter} from '../helpers/app-state.js';
import {drawApp} from '../helpers/draw-app.js';
import {removeDialog} from '../../source/state/selectors/cache-dialogs.js';

const sizes = [[80, 24], [120, 40], [200, 50]] as const;

function open(dialog: Extract<Action, {type: 'screen/dialog-opened'}>['dialog']): Action {
	return {type: 'screen/dialog-opened', dialog};
}

function rowOf(rows: readonly string[], text: string): string {
	return rows.find(row => row.includes(text)) ?? assert.fail(`No row has ${text}:\n${rows.join('\n')}`);
}

for (const [columns, rows] of sizes) {
	test(`at ${columns}×${rows} the help shows every key of the place, from the first to the last`, async () => {
		using app = await drawApp({columns, rows, actions: [open({kind: 'help', top: 0})]});
		const first = await app.rowsWith('Keys');
		assert.equal(first.at(-1)!.trim(), 'Esc close');
		assert.match(rowOf(first, 'search'), /│\s+\/\s+search/v);
		await app.terminal.press('G');
		const last = await app.rowsWith('Ctrl+Z');
		assert.match(rowOf(last, 'Ctrl+Z'), /back to the shell/v);
		const frame = last.findIndex(row => row.includes('╰'));
		assert.match(last[frame - 1]!, /Ctrl\+Z/v, 'The last key stands at the foot of the frame.');
		await app.terminal.press('k', 'q');
		await app.terminal.waitFor(() => app.state().screen.dialog === undefined);
		assert.equal(app.state().screen.quitting, false);
	});

	test(`at ${columns}×${rows} a long confirm loses its middle, never what it comes to`, async () => {
		const models = Array.from({length: 60}, (_, index) => installedModel({
			id: `m${index}`, name: `A model with a name of some length, number ${index}`, sizeBytes: 2e9, source: 'hugging-face',
		}));
		using app = await drawApp({columns, rows, actions: [libraryOf(...models), open(removeDialog(models))]});
		const screen = await app.rowsWith('Remove 60 models?');
		assert.match(rowOf(screen, 'are freed'), /120 GB are freed\. They would have to be downloaded again\./v);
		assert.match(screen.join('\n'), /number 0[\s\S]*… and \d+ more/v);
		assert.match(rowOf(screen, 'Enter'), /Enter remove\s+Esc keep everything as it is/v);
		assert.match(screen.find(row => row.includes('╰')) ?? '', /╯/v);
	});
}

test('a line of a confirm that is too long is wrapped', async () => {
	const sentence = 'Those that a download of the queue still needs are kept; the others cannot be resumed afterwards, whatever happens.';
	using app = await drawApp({
		actions: [open({
			kind: 'confirm', title: 'Remove?', lines: [sentence], confirmLabel: 'remove', confirmed: {type: 'cache/clean-requested'},
		})],
	});
	const screen = await app.rowsWith('Remove?');
	const text = screen.filter(row => row.includes('│')).map(row => row.replaceAll('│', '').trim()).join(' ');
	assert.ok(text.includes(sentence), screen.join('\n'));
});

test('a prompt shows what is typed, its cursor, and all of a long hint', async () => {
	const hint = 'There is no setting "warmth": temperature, top_p, top_k, min_p, repeat_penalty, max_tokens, seed.';
	using app = await drawApp({
		actions: [open({
			kind: 'prompt', purpose: 'sampling', title: 'Sampling', hint, field: textField('warmth 1'),
		})],
	});
	const screen = await app.rowsWith('warmth 1');
	assert.match(screen.join('\n'), /max_tokens,[\s│]*seed\./v);
	const row = screen.findIndex(line => line.includes('warmth 1') && !line.includes('setting'));
	const column = screen[row]!.indexOf('warmth 1') + 'warmth 1'.length;
	assert.equal(app.terminal.cellAt(column, row).inverse, true);
	await app.terminal.type('2');
	await app.rowsWith('warmth 12');
});

test('the palette scrolls with its selection, and a step back from the end is seen', async () => {
	using app = await drawApp({actions: [open({kind: 'palette', field: emptyTextField, cursor: 0})]});
	await app.rowsWith('What do you want to do?');
	await app.terminal.press(...Array.from({length: 12}, () => 'PageDown'));
	await app.terminal.waitFor(() => app.terminal.screen().join('\n').includes('› back to the shell'));
	await app.terminal.press('Up');
	await app.terminal.waitFor(() => app.terminal.screen().join('\n').includes('› quit'));
	await app.terminal.type('cache tab');
	const screen = await app.rowsWith('cache tab');
	assert.match(rowOf(screen, '›'), /cache tab\s+3/v);
});

test('a window that is too small says what it needs, and q ends the app whatever was open', async () => {
	using app = await drawApp({columns: 40, rows: 10, actions: [open({kind: 'palette', field: emptyTextField, cursor: 0})]});
	const screen = await app.rowsWith('too small');
	assert.match(screen.join(' '), /40×10 is too small: at least\s+60×16, please\. q quits\./v);
	await app.terminal.press('q');
	await app.terminal.waitFor(() => app.state().screen.quitting);
});

test('a notice is wrapped to at most four lines beside its sign', () => {
	const {screen} = stateAfter({type: 'screen/noticed', notice: {kind: 'error', text: 'word '.repeat(200).trim()}});
	const lines = noticeLines(screen);
	assert.equal(lines.length, 4);
	assert.ok(lines.every(line => line.length <= 76));
	assert.deepEqual(noticeLines(stateAfter().screen), []);
});
