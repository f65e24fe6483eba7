import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '../../../../source/errors/network-error.js';
import {NotFoundError} from '../../../../source/errors/not-found-error.js';
import {RateLimitError} from '../../../../source/errors/rate-limit-error.js';
import {createRetries} from '../../../../source/services/downloads/transfer/retry.js';
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

test('the wait that a server asks for goes first, within reason', () => {
	const asking = (seconds: number) => new RateLimitError('Too many requests.', {code: 'rate_limited', retryAfterSeconds: seconds});
	assert.deepEqual(createRetries(defaultTiming).next(asking(55)), {retry: 1, waitMilliseconds: 55_000, isAsked: true});
	assert.equal(createRetries(defaultTiming).next(asking(3600)), undefined);
});

test('an expired address is renewed at once the first time', () => {
	const retries = createRetries(defaultTiming, () => 0);
	const expired = new NetworkError('Refused.', {code: 'link_expired'});
	assert.deepEqual([1, 2, 3].map(() => retries.next(expired)?.waitMilliseconds), [0, 2000, 4000]);
});
