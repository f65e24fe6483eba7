import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createRateMeter, timeLeft} from '../../../../source/services/downloads/queue/rate-meter.js';

test('an even rate is told as it is, from the first second on', () => {
	const meter = createRateMeter(0);
	const rates: Array<number | undefined> = [];
	for (let now = 500; now <= 5000; now += 500) {
		meter.add(500);
		rates.push(meter.sample(now));
	}

	assert.equal(rates[0], undefined);
	assert.ok(rates.slice(1).every(rate => Math.abs(rate! - 1000) < 1e-6), rates.join(' '));
});

test('a burst is smoothed, a stall lets the rate fall', () => {
	const meter = createRateMeter(0);
	for (let now = 500; now <= 10_000; now += 500) {
		meter.add(500);
		meter.sample(now);
	}

	meter.add(10_000);
	const burst = meter.sample(10_500)!;
	assert.ok(burst > 1000);
	assert.ok(burst < 5000);
	const after = Array.from({length: 60}, (_, index) => meter.sample(11_000 + (index * 500))!);
	assert.deepEqual(after, after.toSorted((left, right) => right - left));
	assert.ok(after.at(-1)! < 10);
});

test('time left is unknown where the rate does not tell it', () => {
	assert.equal(timeLeft(1000, 100), 10);
	assert.equal(timeLeft(1001, 100), 11);
	assert.equal(timeLeft(0, 100), 0);
	assert.equal(timeLeft(1000, undefined), undefined);
	assert.equal(timeLeft(1000, 0), undefined);
	assert.equal(timeLeft(1e12, 10), undefined);
});
