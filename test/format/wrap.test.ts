import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {cellWidth} from '../../source/format/cells.js';
import {wrapCells} from '../../source/format/wrap.js';

test('lines break between words, and newlines stay', () => {
	assert.deepEqual(wrapCells('one two three', 8), ['one two', 'three']);
	assert.deepEqual(wrapCells('one\n\ntwo', 8), ['one', '', 'two']);
	assert.deepEqual(wrapCells('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
	assert.deepEqual(wrapCells('日本語', 4), ['日本', '語']);
	assert.deepEqual(wrapCells('', 4), ['']);
});

test('no line is wider than it may be', () => {
	const pieces = fc.array(fc.constantFrom('a', 'word', ' ', '日本', '👩‍🚀', 'é', '\n', 'verylongword'));
	fc.assert(fc.property(pieces, fc.integer({min: 2, max: 30}), (parts, width) => {
		const lines = wrapCells(parts.join(''), width);
		assert.deepEqual(lines.filter(line => cellWidth(line) > width), []);
	}));
});
