import assert from 'node:assert/strict';
import {test} from 'node:test';
import {describeSegments} from '../../../../../source/services/downloads/transfer/lanes/segments.js';

test('what is there and what is under way, by position', () => {
	const segments = describeSegments([{start: 0, end: 30}, {start: 50, end: 60}], [
		{
			start: 20, position: 30, end: 40, host: 'one.example',
		},
		{
			start: 40, position: 40, end: 50, host: undefined,
		},
	]);
	assert.deepEqual(segments, [
		{start: 0, received: 20, end: 20},
		{
			start: 20, received: 30, end: 40, host: 'one.example',
		},
		{start: 40, received: 40, end: 50},
		{start: 50, received: 60, end: 60},
	]);
});

test('more than 64 are told as 64: connections stay, the smallest gaps go, no byte is lost', () => {
	const written = Array.from({length: 200}, (_, index) => ({start: index * 100, end: (index * 100) + 10 + (index % 7)}));
	const segments = describeSegments(written, [{
		start: 50_000, position: 50_500, end: 60_000, host: 'one.example',
	}]);
	assert.equal(segments.length, 64);
	assert.equal(segments.at(-1)?.host, 'one.example');
	assert.equal(segments.at(-1)?.start, 50_000);
	const received = segments.reduce((sum, {start, received: position}) => sum + position - start, 0);
	assert.equal(received, written.reduce((sum, {start, end}) => sum + end - start, 500));
	assert.ok(segments.every(({start, received: position, end}, index) => start <= position && position <= end && start >= (segments[index - 1]?.end ?? 0)));
});
