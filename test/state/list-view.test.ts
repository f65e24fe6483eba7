import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	clampList,
	followSelection,
	moveBy,
	moveTo,
	startOfList,
	type ListMove,
	type ListView,
} from '../../source/state/list-view.js';

const moves: readonly ListMove[] = ['up', 'down', 'page-up', 'page-down', 'first', 'last'];

/**
A list after each of some moves.
*/
function trail(steps: readonly ListMove[], count: number, height: number): readonly ListView[] {
	const lists = [startOfList];
	for (const step of steps) {
		lists.push(moveBy(lists.at(-1)!, step, count, height));
	}

	return lists;
}

const anySteps = fc.array(fc.constantFrom(...moves));

test('after any moves the selection is a row, the window holds it, and there is no gap below the last row', () => {
	fc.assert(fc.property(fc.nat(200), fc.integer({min: 1, max: 60}), anySteps, (count, height, steps) => {
		const lists = trail(steps, count, height);
		assert.deepEqual(lists.filter(({cursor}) => cursor < 0 || cursor > Math.max(0, count - 1)), []);
		assert.deepEqual(lists.filter(({cursor, top}) => top > cursor || cursor >= top + height), []);
		assert.deepEqual(lists.filter(({top}) => top < 0 || top > Math.max(0, count - height)), []);
	}));
});

test('one step moves the window by one row at most, and not at all inside it', () => {
	fc.assert(fc.property(fc.integer({min: 1, max: 500}), fc.integer({min: 1, max: 60}), fc.nat(), fc.constantFrom<ListMove>('up', 'down'), (count, height, start, step) => {
		const before = moveTo(startOfList, start % count, count, height);
		const after = moveBy(before, step, count, height);
		assert.ok(Math.abs(after.top - before.top) <= 1);
		const isInside = after.cursor >= before.top && after.cursor < before.top + height;
		assert.equal(after.top === before.top, isInside);
	}));
});

test('a move that changes nothing gives the same object', () => {
	const list = moveTo(startOfList, 4, 5, 3);
	assert.equal(moveBy(list, 'down', 5, 3), list);
	assert.equal(clampList(list, 5, 3), list);
});

test('a shorter list or window takes the selection back inside', () => {
	assert.deepEqual(clampList({cursor: 40, top: 30}, 10, 5), {cursor: 9, top: 5});
	assert.deepEqual(clampList({cursor: 40, top: 30}, 0, 5), {cursor: 0, top: 0});
	assert.deepEqual(clampList({cursor: 8, top: 0}, 10, 4), {cursor: 8, top: 5});
});

test('a chosen row stays selected when rows come, go and change places', () => {
	const follow = (selection: Parameters<typeof followSelection>[0], ...rows: readonly string[]) => followSelection(selection, rows, row => row, 3);
	const chosen = {list: {cursor: 1, top: 0}, selectedKey: 'b'};
	assert.equal(follow(chosen, 'a', 'b', 'c'), chosen);
	assert.deepEqual(follow(chosen, 'x', 'y', 'z', 'a', 'b'), {list: {cursor: 4, top: 2}, selectedKey: 'b'});
	assert.deepEqual(follow(chosen, 'a', 'c', 'd'), {list: {cursor: 1, top: 0}, selectedKey: 'c'}, 'the row at its place is chosen instead');
	assert.deepEqual(follow(chosen), {list: {cursor: 0, top: 0}, selectedKey: undefined});
});

test('as long as nothing was chosen the first row stays selected', () => {
	const rows = ['best', 'good'];
	assert.deepEqual(followSelection({list: startOfList}, rows, row => row, 3), {list: startOfList});
	assert.equal(followSelection({list: startOfList}, rows.toReversed(), row => row, 3).list.cursor, 0);
});
