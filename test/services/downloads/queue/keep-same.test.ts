import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keepSame} from '../../../../source/services/downloads/queue/keep-same.js';

test('an array that says the same is the one of before', () => {
	const before = [{a: 1, b: 'x'}, {a: 2}];
	assert.equal(keepSame(before, [{a: 1, b: 'x'}, {a: 2}]), before);
	const words = ['a', 'b'];
	assert.equal(keepSame(words, ['a', 'b']), words);
	const none: readonly string[] = [];
	assert.equal(keepSame(none, []), none);
});

test('an item that says the same is the one of before, the others are new', () => {
	const before: ReadonlyArray<{readonly a: number; readonly b?: string}> = [{a: 1}, {a: 2, b: 'x'}];
	const after = keepSame(before, [{a: 1}, {a: 2}, {a: 3}]);
	assert.equal(after[0], before[0]);
	assert.notEqual(after, before);
	assert.deepEqual(after, [{a: 1}, {a: 2}, {a: 3}]);
	assert.notEqual(keepSame(before, [{a: 1}]), before);
});
