import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createBestRate} from '../../../../../source/services/downloads/transfer/lanes/best-rate.js';

test('the best of late is remembered, and fades', () => {
	const best = createBestRate();
	assert.equal(best.current(), 0);
	best.sample([100, 1000, 10]);
	assert.equal(best.current(), 1000);
	for (let samples = 0; samples < 25; samples++) {
		best.sample([100]);
	}

	assert.ok(best.current() > 400);
	assert.ok(best.current() < 600);
	for (let samples = 0; samples < 100; samples++) {
		best.sample([100]);
	}

	assert.equal(best.current(), 100);
});

test('what relieved a connection has to be shown again before it relieves another', () => {
	const best = createBestRate();
	best.sample([1_000_000, 1]);
	best.spend();
	assert.equal(best.current(), 0);
	best.sample([1, 1]);
	assert.equal(best.current(), 1);
});
