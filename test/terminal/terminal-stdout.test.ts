import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sizeOf} from '../../source/terminal/terminal-stdout.js';

test('a terminal that nobody sized is taken for one of 80×24', () => {
	assert.deepEqual(sizeOf({columns: 0, rows: 0}), {columns: 80, rows: 24});
	assert.deepEqual(sizeOf({columns: 132, rows: 0}), {columns: 132, rows: 24});
	assert.deepEqual(sizeOf({columns: 200, rows: 50}), {columns: 200, rows: 50});
});
