import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isTooSmall, smallestScreen} from '../../../source/state/selectors/layout.js';
import {textField} from '../../../source/state/text-field.js';
import {type Dialog} from '../../../source/state/dialog.js';
import {continueFrom, stateAfter} from '../../helpers/app-state.js';

function moved(dialog: Dialog, ...steps: ReadonlyArray<readonly [by: number, last: number]>): Dialog | undefined {
	return continueFrom(
		stateAfter({type: 'screen/dialog-opened', dialog}),
		...steps.map(([by, last]) => ({type: 'screen/dialog-moved', by, last}) as const),
	).screen.dialog;
}

const help = (top: number): Dialog => ({kind: 'help', top});
const palette = (cursor: number): Dialog => ({kind: 'palette', field: textField('x'), cursor});

test('help and palette stop at their ends and come back with the first step', () => {
	assert.deepEqual(moved(help(0), [-1, 9]), help(0));
	assert.deepEqual(moved(help(8), [10, 9]), help(9));
	assert.deepEqual(moved(help(0), [Infinity, 9], [-1, 9]), help(8));
	assert.deepEqual(moved(help(9), [-Infinity, 9]), help(0));
	assert.deepEqual(moved(palette(0), [10, 3], [10, 3], [-1, 3]), palette(2));
});

test('where there is less than before, a step begins at the new end', () => {
	assert.deepEqual(moved(help(9), [-1, 4]), help(3));
	assert.deepEqual(moved(palette(9), [1, 0]), palette(0));
});

test('a dialog without a list does not move, and without a dialog nothing does', () => {
	const dialog: Dialog = {
		kind: 'prompt', purpose: 'sampling', title: '', hint: '', field: textField('x'),
	};
	assert.equal(moved(dialog, [1, 9]), dialog);
	const state = stateAfter();
	assert.equal(continueFrom(state, {type: 'screen/dialog-moved', by: 1, last: 9}), state);
});

test('typing in the palette goes back to its first entry, moving the cursor of the text does not', () => {
	const state = stateAfter({type: 'screen/dialog-opened', dialog: palette(5)});
	assert.deepEqual(continueFrom(state, {type: 'screen/dialog-typed', keypress: {name: 'y', text: 'y'}}).screen.dialog, {kind: 'palette', field: textField('xy'), cursor: 0});
	assert.deepEqual(continueFrom(state, {type: 'screen/dialog-typed', keypress: {name: 'left', text: ''}}).screen.dialog, {kind: 'palette', field: {value: 'x', cursor: 0}, cursor: 5});
});

test('a window is too small below 60×16, in either direction', () => {
	const {columns, rows} = smallestScreen;
	const sizes = [[columns, rows], [columns - 1, rows], [columns, rows - 1]] as const;
	assert.deepEqual(sizes.map(([width, height]) => isTooSmall(stateAfter({type: 'screen/resized', columns: width, rows: height}).screen)), [false, true, true]);
});
