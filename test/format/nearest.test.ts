import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {editDistance, nearest} from '../../source/format/nearest.js';

test('suggests what was probably meant', () => {
	const names = ['download', 'downloads', 'doctor', 'search'];
	assert.equal(nearest('downlod', names), 'download');
	assert.equal(nearest('SEARCH', names), 'search');
	assert.equal(nearest('docter', names), 'doctor');
});

test('suggests nothing that is far away', () => {
	assert.equal(nearest('xyzzy', ['download', 'search']), undefined);
	assert.equal(nearest('ab', ['xy']), undefined);
	assert.equal(nearest('', ['a']), undefined);
	assert.equal(nearest('a'.repeat(10_000), ['a'.repeat(10_000)]), undefined);
});

test('the distance is a metric', () => {
	const word = fc.string({maxLength: 12, unit: fc.constantFrom('a', 'b', '日')});
	fc.assert(fc.property(word, word, word, (one, two, three) => {
		assert.equal(editDistance(one, two), editDistance(two, one));
		assert.equal(editDistance(one, two) === 0, one === two);
		assert.ok(editDistance(one, three) <= editDistance(one, two) + editDistance(two, three));
		assert.ok(editDistance(one, two) <= Math.max([...one].length, [...two].length));
	}));
	assert.equal(editDistance('kitten', 'sitting'), 3);
});
