import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {reorder, type Placed} from '../../../../source/services/downloads/queue/reorder.js';
import {type QueueMove} from '../../../../source/types/download.js';

const peers: readonly Placed[] = [{id: 'a', order: 2}, {id: 'b', order: 5}, {id: 'c', order: 6}];

function after(list: readonly Placed[], id: string, to: QueueMove): string {
	const changes = new Map(reorder(list, id, to).map(change => [change.id, change.order]));
	return list.map(peer => ({id: peer.id, order: changes.get(peer.id) ?? peer.order})).toSorted((left, right) => left.order - right.order).map(peer => peer.id).join('');
}

test('first, up, down and last', () => {
	const cases = [
		['c', 'first', 'cab'],
		['c', 'up', 'acb'],
		['a', 'down', 'bac'],
		['a', 'last', 'bca'],
		['b', 'up', 'bac'],
		['a', 'up', 'abc'],
		['a', 'first', 'abc'],
		['c', 'down', 'abc'],
		['c', 'last', 'abc'],
	] as const;
	assert.deepEqual(cases.map(([id, to]) => [id, to, after(peers, id, to)]), cases.map(expected => [...expected]));
});

test('nothing changes where there is nowhere to go, nor for a stranger', () => {
	assert.deepEqual(reorder(peers, 'a', 'up'), []);
	assert.deepEqual(reorder(peers, 'stranger', 'first'), []);
	assert.deepEqual(reorder([], 'a', 'last'), []);
});

test('one moves, the others keep their order, also where places are the same', () => {
	const lists = fc.array(fc.integer({min: 0, max: 4}), {minLength: 1, maxLength: 8})
		.map(orders => orders.toSorted((left, right) => left - right).map((order, index) => ({id: String(index), order})));
	fc.assert(fc.property(lists, fc.nat(), fc.constantFrom<QueueMove>('first', 'up', 'down', 'last'), (list, seed, to) => {
		const from = seed % list.length;
		const ids = list.map(({id}) => id);
		const expected = ids.filter((_, index) => index !== from);
		const position = {
			first: 0, up: Math.max(0, from - 1), down: Math.min(from + 1, list.length - 1), last: list.length - 1,
		}[to];
		expected.splice(position, 0, ids[from]!);
		assert.equal(after(list, ids[from]!, to), expected.join(''));
	}));
});
