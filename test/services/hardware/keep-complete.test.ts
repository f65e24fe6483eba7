import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keepComplete} from '../../../source/services/hardware/keep-complete.js';

const counting = (againAfterMs: number, completeFrom: number) => {
	let searches = 0;
	return keepComplete(async () => {
		searches++;
		return searches;
	}, search => search >= completeFrom, {againAfterMs});
};

test('what is incomplete is looked for again until it is complete, and then kept', async () => {
	const find = counting(0, 3);
	assert.deepEqual([await find(), await find(), await find(), await find()], [1, 2, 3, 3]);
});

test('not before the time is up, and once for all who ask at the same time', async () => {
	const find = counting(60_000, 3);
	assert.deepEqual(await Promise.all([find(), find()]), [1, 1]);
	assert.equal(await find(), 1);
});
