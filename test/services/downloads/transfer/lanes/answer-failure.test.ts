import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '../../../../../source/errors/network-error.js';
import {RateLimitError} from '../../../../../source/errors/rate-limit-error.js';
import {answerFailure, type FailureSituation} from '../../../../../source/services/downloads/transfer/lanes/answer-failure.js';
import {createRetries} from '../../../../../source/services/downloads/transfer/retry.js';
import {partialLost} from '../../../../../source/services/downloads/disk/partial-lost.js';
import {fileChanged, stalled} from '../../../../../source/services/downloads/transfer/setbacks.js';

/**
What is done about an error, the given number of times in a row.
*/
function answers(thrown: unknown, situation: Partial<FailureSituation> = {}, times = 1): readonly string[] {
	const retries = createRetries({retryBase: 1000, longestWait: 600_000});
	return Array.from({length: times}, () => answerFailure({
		thrown, isHub: true, nextRetry: retries.next, hasOtherServer: false, hasOtherLanes: false, isServing: false, isAwaited: false, ...situation,
	}).kind);
}

const offline = new NetworkError('Cannot reach it.', {code: 'offline'});
const busy = new NetworkError('Status 503.', {code: 'server_error'});
const diskFull = Object.assign(new Error('no space'), {code: 'ENOSPC', syscall: 'write'});

test('the only connection is retried three times', () => {
	assert.deepEqual(answers(stalled('cdn', 30_000), {}, 5), ['retry', 'retry', 'retry', 'fail', 'fail']);
});

test('one of several closes when its retries are used up', () => {
	assert.deepEqual(answers(stalled('cdn', 30_000), {hasOtherLanes: true, isServing: true}, 4), ['retry', 'retry', 'retry', 'close']);
});

test('one too many closes at once, for as long as the server asks', () => {
	assert.deepEqual(answers(busy, {hasOtherLanes: true, isServing: true}), ['close']);
	assert.deepEqual(answers(busy, {hasOtherLanes: true}), ['retry']);
	const answer = answerFailure({
		thrown: new RateLimitError('Wait.', {code: 'rate_limited', retryAfterSeconds: 55}),
		isHub: true,
		nextRetry: () => undefined,
		hasOtherServer: false,
		hasOtherLanes: true,
		isServing: true,
		isAwaited: false,
	});
	assert.equal(answer.kind === 'close' && answer.askedMilliseconds, 55_000);
});

test('one that knocks at a server that asks to wait is enough; where there is another server, that one is asked', () => {
	const asking = new RateLimitError('Wait.', {code: 'rate_limited', retryAfterSeconds: 55});
	assert.deepEqual(answers(asking, {hasOtherLanes: true, isAwaited: true}), ['yield']);
	assert.deepEqual(answers(asking, {hasOtherLanes: true}), ['retry']);
	assert.deepEqual(answers(asking, {hasOtherLanes: true, isAwaited: true, hasOtherServer: true}), ['leave']);
	assert.deepEqual(answers(busy, {hasOtherLanes: true, isAwaited: true}), ['retry']);
});

test('with another server to ask, one gets a single retry, and none where it cannot be reached', () => {
	assert.deepEqual(answers(stalled('cdn', 30_000), {hasOtherServer: true}, 2), ['retry', 'leave']);
	assert.deepEqual(answers(offline, {hasOtherServer: true}), ['leave']);
	assert.deepEqual(answers(offline, {hasOtherServer: true, hasOtherLanes: true, isServing: true}), ['retry']);
});

test('what concerns the file ends all, unless only a mirror says so', () => {
	assert.deepEqual(answers(fileChanged('cdn'), {hasOtherLanes: true, isServing: true}), ['fail']);
	assert.deepEqual(answers(fileChanged('mirror'), {isHub: false, hasOtherServer: true}), ['leave']);
	assert.deepEqual(answers(new NetworkError('Refused.', {code: 'insecure_url'}), {isHub: false, hasOtherServer: true}), ['leave']);
	assert.deepEqual(answers(new NetworkError('Refused.', {code: 'insecure_url'}), {hasOtherServer: true}), ['fail']);
});

test('what the disk says is no fault of a mirror', () => {
	assert.deepEqual(answers(diskFull, {isHub: false, hasOtherServer: true}), ['fail']);
	assert.deepEqual(answers(partialLost(), {isHub: false, hasOtherServer: true}), ['fail']);
});
