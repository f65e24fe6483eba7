import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {throttleBy} from '../../../../source/services/downloads/bandwidth/throttle.js';
import {createTokenBucket} from '../../../../source/services/downloads/bandwidth/token-bucket.js';

const never = new AbortController().signal;

/**
A bucket over a clock that only the test moves, and takers that take what is there or go away.
*/
function clockedBucket(rate: () => number | undefined) {
	let now = 0;
	const bucket = createTokenBucket({rate, now: () => now});
	return {
		advance(milliseconds: number) {
			now += milliseconds;
		},
		tryToTake(bytes: number): boolean {
			const leaving = new AbortController();
			const wait = bucket.take(bytes, {signal: leaving.signal});
			wait?.catch(() => undefined);
			leaving.abort(new Error('left'));
			return wait === undefined;
		},
	};
}

test('without a cap nobody waits, and nothing is promised', () => {
	const waits = [undefined, 0].map(rate => createTokenBucket({rate: () => rate})).filter(bucket => bucket.take(1_000_000_000, {signal: never}) !== undefined);
	assert.deepEqual(waits, []);
});

/**
What greedy takers get from a bucket that was empty, when they come after each of the steps.
*/
function takeAfterEach(rate: number, steps: readonly number[]): {readonly taken: number; readonly due: number} {
	const {advance, tryToTake} = clockedBucket(() => rate);
	const piece = Math.ceil(rate / 50);
	let taken = 0;
	for (const step of steps) {
		advance(step);
		while (tryToTake(piece)) {
			taken += piece;
		}
	}

	return {taken, due: rate * steps.reduce((total, step) => total + step, 0) / 1000};
}

test('over any time no more goes through than the rate brings, and a quarter of a second; and no less', () => {
	const rates = fc.integer({min: 1000, max: 100_000_000});
	const steps = fc.array(fc.integer({min: 1, max: 200}), {minLength: 20, maxLength: 200});
	const {failed, counterexample} = fc.check(fc.property(rates, steps, (rate, list) => {
		const {taken, due} = takeAfterEach(rate, list);
		return taken <= due + (rate / 4) && taken >= due - (rate / 40);
	}));
	assert.equal(failed, false, JSON.stringify(counterexample));
});

test('an idle line catches up on a quarter of a second at most', () => {
	const {advance, tryToTake} = clockedBucket(() => 1000);
	advance(3_600_000);
	assert.equal(tryToTake(250), true);
	assert.equal(tryToTake(1), false);
});

test('after six minutes of takers that come late, the rate is right to a thousandth', () => {
	const rate = 1_000_000;
	const {advance, tryToTake} = clockedBucket(() => rate);
	let taken = 0;
	for (let index = 0; index < 3600; index++) {
		// 100 ms in the mean.
		advance(index % 2 === 0 ? 60 : 140);
		while (tryToTake(10_000)) {
			taken += 10_000;
		}
	}

	assert.ok(Math.abs((taken / 360) - rate) < rate / 1000, String(taken / 360));
});

test('takers are served in the order they came, small ones not before large ones', async () => {
	const bucket = createTokenBucket({rate: () => 1_000_000});
	const order: number[] = [];
	const sizes = [50_000, 1, 30_000, 10, 20_000];
	const start = performance.now();
	await Promise.all(sizes.map(async (bytes, index) => {
		await bucket.take(bytes, {signal: never});
		order.push(index);
	}));
	assert.deepEqual(order, [0, 1, 2, 3, 4]);
	// Never faster than the rate: the bucket was empty.
	assert.ok(performance.now() - start >= 95);
});

test('a taker that asks for more than a burst waits for all of it', async () => {
	const bucket = createTokenBucket({rate: () => 100_000});
	const start = performance.now();
	await bucket.take(40_000, {signal: never});
	assert.ok(performance.now() - start >= 390);
});

test('a rate that is raised or taken away sets those free that wait', async () => {
	let rate: number | undefined = 1;
	const bucket = createTokenBucket({rate: () => rate});
	const first = bucket.take(1_000_000, {signal: never});
	assert.notEqual(first, undefined);
	rate = 1_000_000_000;
	await first;
	rate = 1;
	const second = bucket.take(1_000_000_000, {signal: never});
	assert.notEqual(second, undefined);
	rate = undefined;
	await second;
});

test('aborting ends the wait with its reason, and lets the next one go on', async () => {
	let rate = 1;
	const bucket = createTokenBucket({rate: () => rate});
	const controller = new AbortController();
	const first = bucket.take(1_000_000_000, {signal: controller.signal});
	const second = bucket.take(1000, {signal: never});
	rate = 1_000_000;
	controller.abort(new Error('enough'));
	await assert.rejects(first!, {message: 'enough'});
	await second;
	await assert.rejects(bucket.take(1_000_000, {signal: controller.signal})!, {message: 'enough'});
});

test('several caps: the tightest decides', async () => {
	const wide = createTokenBucket({rate: () => 1_000_000_000});
	const none = createTokenBucket({rate: () => undefined});
	const tight = createTokenBucket({rate: () => 100_000});
	assert.equal(throttleBy(none)(1000, {signal: never}), undefined);
	const start = performance.now();
	await throttleBy(wide, none, tight)(10_000, {signal: never});
	assert.ok(performance.now() - start >= 80);
});
