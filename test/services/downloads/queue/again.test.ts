import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '../../../../source/errors/network-error.js';
import {NoSpaceError} from '../../../../source/errors/no-space-error.js';
import {RateLimitError} from '../../../../source/errors/rate-limit-error.js';
import {
	describeAgain,
	planAgain,
	waitForAgain,
	type Again,
} from '../../../../source/services/downloads/queue/again.js';
import {defaultTiming} from '../../../../source/services/downloads/timing.js';
import {recordOf} from './records.js';

const offline = new NetworkError('Could not reach example.com.', {code: 'offline'});
const now = Date.parse('2026-05-05T12:00:00.000Z');
const minute = 60_000;
const options = {error: offline, now, timing: defaultTiming};

/**
Minutes until each next try, where nothing ever comes, until it is given up.
*/
function minutesBetween(): readonly number[] {
	const waits: number[] = [];
	for (let again: Again | undefined, next = planAgain(recordOf(), options); next !== undefined; next = planAgain(recordOf({again}), options)) {
		waits.push((Date.parse(next.at!) - now) / minute);
		again = next;
	}

	return waits;
}

test('the waits grow up to half an hour, and end after a day of them', () => {
	const waits = minutesBetween();
	assert.deepEqual(waits.slice(0, 9), [0.5, 1, 2, 5, 10, 15, 30, 30, 30]);
	const total = waits.reduce((sum, wait) => sum + wait, 0);
	assert.equal(Math.floor(total / 30), 1440 / 30);
});

test('a mebibyte of progress has it count anew, less has not', () => {
	const again = {...planAgain(recordOf({fetchedBytes: 5}), options)!, times: 6};
	assert.equal(planAgain(recordOf({again, fetchedBytes: 1_048_580}), options)?.times, 7);
	assert.deepEqual(planAgain(recordOf({again, fetchedBytes: 1_048_581}), options), {
		...again, times: 1, fetchedBytes: 1_048_581, at: new Date(now + (minute / 2)).toISOString(),
	});
});

test('what trying again does not help with fails, and so does what is not to keep trying', () => {
	assert.equal(planAgain(recordOf({keepTrying: false}), options), undefined);
	assert.equal(planAgain(recordOf(), {...options, error: new NoSpaceError('Full.', {code: 'disk_full'})}), undefined);
	assert.equal(planAgain(recordOf(), {...options, error: new NetworkError('Refused.', {code: 'insecure_url'})}), undefined);
	assert.equal(planAgain(recordOf(), {...options, error: new TypeError('A defect')}), undefined);
	assert.equal(planAgain(recordOf(), {...options, timing: {...defaultTiming, againAfter: []}}), undefined);
});

test('a server that asks for a longer wait gets it', () => {
	const error = new RateLimitError('Too many requests.', {code: 'rate_limited', retryAfterSeconds: 900});
	assert.equal(planAgain(recordOf(), {...options, error})?.at, new Date(now + (15 * minute)).toISOString());
});

test('the wait is told with its end and the attempt, and is over when its time comes, or when the clock was put back', () => {
	const again = planAgain(recordOf(), options)!;
	const wait = waitForAgain(recordOf({again}), now);
	assert.deepEqual(wait, {reason: describeAgain(again), until: now + (minute / 2)});
	assert.match(wait.reason, /^tries again at \d\d:\d\d \(attempt 2\): Could not reach example\.com$/v);
	assert.equal(waitForAgain(recordOf({again}), now + (minute / 2)), undefined);
	assert.equal(waitForAgain(recordOf({again}), now - (24 * 60 * minute)), undefined);
	assert.equal(waitForAgain(recordOf({again, status: 'downloading'}), now), undefined);
	assert.equal(waitForAgain(recordOf(), now), undefined);
});
