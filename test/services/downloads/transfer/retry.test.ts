import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '../../../../source/errors/network-error.js';
import {NotFoundError} from '../../../../source/errors/not-found-error.js';
import {RateLimitError} from '../../../../source/errors/rate-limit-error.js';
import {RemudaError} from '../../../../source/errors/remuda-error.js';
import {createRetries, isTransient} from '../../../../source/services/downloads/transfer/retry.js';
import {defaultTiming} from '../../../../source/services/downloads/timing.js';

const lost = new NetworkError('The connection was lost.', {code: 'connection_lost'});

test('three retries after 1, 2 and 4 s, with up to half as much again at random', () => {
	const waits = (random: number) => {
		const retries = createRetries(defaultTiming, () => random);
		return [1, 2, 3, 4].map(() => retries.next(lost)?.waitMilliseconds);
	};

	assert.deepEqual(waits(0), [1000, 2000, 4000, undefined]);
	assert.deepEqual(waits(1), [1500, 3000, 6000, undefined]);
});

test('progress resets the count, a few bytes do not', () => {
	const retries = createRetries(defaultTiming);
	retries.next(lost);
	retries.next(lost);
	assert.equal(retries.progress(1000), false);
	assert.equal(retries.count(), 2);
	assert.equal(retries.progress(20_000), true);
	assert.equal(retries.count(), 0);
	assert.equal(retries.progress(40_000), false);
	assert.equal(retries.next(lost)?.retry, 1);
});

test('what retrying does not help with is not retried', () => {
	assert.equal(createRetries(defaultTiming).next(new NotFoundError('There is no file.', {code: 'file_not_found'})), undefined);
	assert.equal(createRetries(defaultTiming).next(new NetworkError('Refused.', {code: 'insecure_url'})), undefined);
	assert.equal(createRetries(defaultTiming).next(new TypeError('A defect')), undefined);
});

const asking = (seconds: number) => new RateLimitError('Too many requests.', {code: 'rate_limited', retryAfterSeconds: seconds});

test('the wait that a server asks for goes first and uses no retry up, for an hour altogether', () => {
	const retries = createRetries(defaultTiming, () => 0);
	const plan = {retry: 0, waitMilliseconds: 900_000, isAsked: true};
	assert.deepEqual([1, 2, 3, 4].map(() => retries.next(asking(900))), [plan, plan, plan, plan]);

	assert.equal(retries.next(asking(900)), undefined);
	assert.deepEqual(retries.next(lost), {retry: 1, waitMilliseconds: 1000, isAsked: false});
	assert.equal(retries.progress(20_000), true);
	assert.equal(retries.isInTrouble(), false);
	assert.equal(retries.next(asking(3600))?.waitMilliseconds, 3_600_000);
});

test('a server that asks for no wait to speak of is not asked for ever', () => {
	const retries = createRetries(defaultTiming, () => 0);
	assert.deepEqual([1, 2, 3, 4].map(() => retries.next(asking(0))?.waitMilliseconds), [1000, 2000, 4000, undefined]);
});

test('a thread that hashed and ended is replaced by trying again', () => {
	assert.equal(isTransient(new RemudaError('It ended.', {code: 'hashing_failed'})), true);
});

test('an expired address is renewed at once the first time', () => {
	const retries = createRetries(defaultTiming, () => 0);
	const expired = new NetworkError('Refused.', {code: 'link_expired'});
	assert.deepEqual([1, 2, 3].map(() => retries.next(expired)?.waitMilliseconds), [0, 2000, 4000]);
});
