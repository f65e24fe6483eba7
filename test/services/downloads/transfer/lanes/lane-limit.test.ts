import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLaneLimit} from '../../../../../source/services/downloads/transfer/lanes/lane-limit.js';

test('there is no limit before a server refuses', () => {
	const limit = createLaneLimit(1000);
	limit.relax(5000, 5000);
	assert.equal(limit.current(), Infinity);
});

test('one more is tried after a while, if the download came on meanwhile', () => {
	const limit = createLaneLimit(1000);
	limit.lower(2, {now: 0, fetched: 100});
	assert.equal(limit.current(), 2);
	limit.relax(999, 200_000);
	assert.equal(limit.current(), 2);
	limit.relax(1000, 100);
	assert.equal(limit.current(), 2);
	limit.relax(1000, 200_000);
	assert.equal(limit.current(), 3);
	limit.relax(1500, 300_000);
	assert.equal(limit.current(), 3);
	limit.lower(2, {now: 1600, fetched: 300_000});
	assert.equal(limit.current(), 2);
});

test('a longer while that the server asks for is kept, and there is always one', () => {
	const limit = createLaneLimit(1000);
	limit.lower(0, {now: 0, askedMilliseconds: 60_000, fetched: 0});
	assert.equal(limit.current(), 1);
	limit.relax(59_999, 100_000);
	assert.equal(limit.current(), 1);
	limit.relax(60_000, 100_000);
	assert.equal(limit.current(), 2);
});

test('a server that lets a few bytes drip gets no more connections for that', () => {
	const limit = createLaneLimit(1000);
	limit.lower(2, {now: 0, fetched: 100});
	limit.relax(60_000, 1100);
	assert.equal(limit.current(), 2);
});
