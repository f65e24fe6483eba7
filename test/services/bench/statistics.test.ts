import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {spreadOf} from '../../../source/services/bench/statistics.js';

test('gives median, extremes and the deviation of a sample', () => {
	assert.deepEqual(spreadOf([2, 4, 4, 4, 5, 5, 7, 9]), {
		median: 4.5, minimum: 2, maximum: 9, standardDeviation: Math.sqrt(32 / 7),
	});
	assert.deepEqual(spreadOf([10, 1, 10]), {
		median: 10, minimum: 1, maximum: 10, standardDeviation: Math.sqrt(27),
	});
	assert.deepEqual(spreadOf([3]), {
		median: 3, minimum: 3, maximum: 3, standardDeviation: 0,
	});
});

test('does not depend on the order, and lies between the extremes', () => {
	const values = fc.array(fc.double({min: 0, max: 1e6, noNaN: true}), {minLength: 1});
	fc.assert(fc.property(values, sample => {
		const spread = spreadOf(sample);
		assert.deepEqual(spreadOf(sample.toReversed()), spread);
		assert.ok(spread.minimum <= spread.median);
		assert.ok(spread.median <= spread.maximum);
		assert.ok(spread.standardDeviation <= (spread.maximum - spread.minimum) * 1.000001);
	}));
});
