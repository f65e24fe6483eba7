import assert from 'node:assert/strict';
import {test} from 'node:test';
import {slicesOf, stripLegend, stripLine} from '../../../source/state/selectors/download-strip.js';
import {type DownloadSegment} from '../../../source/types/download.js';

const textOf = (line: ReturnType<typeof stripLine>) => line.map(span => (typeof span === 'string' ? span : span.text)).join('');

function strip(segments: readonly DownloadSegment[], sizeBytes = 1000, cells = 10): string {
	return textOf(stripLine(segments, sizeBytes, cells));
}

test('a slice is here, partly here, written into just now, or missing; each has a sign of its own', () => {
	assert.equal(strip([
		{start: 0, received: 250, end: 250},
		{
			start: 400, received: 520, end: 700, host: 'a',
		},
		{start: 980, received: 1000, end: 1000},
	]), '██▄░█>░░░▄');
	assert.match(textOf(stripLegend), /^█ here\s+▄ partly\s+> being fetched\s+░ missing/v);
});

test('a range without a connection is only what is there of it; a connection that has all it was asked for writes nothing', () => {
	assert.equal(strip([{start: 0, received: 100, end: 500}]), '█░░░░░░░░░');
	assert.equal(strip([{
		start: 0, received: 500, end: 500, host: 'a',
	}]), '█████░░░░░');
	assert.equal(strip([{
		start: 0, received: 0, end: 500, host: 'a',
	}]), '>░░░░░░░░░');
});

test('neighbours that meet inside a slice fill it together', () => {
	assert.equal(strip([{start: 0, received: 150, end: 150}, {start: 150, received: 200, end: 200}]), '██░░░░░░░░');
});

test('it has as many cells as it is given, also where a cell is less than a byte or the ranges are nonsense', () => {
	const nonsense: DownloadSegment[] = [{start: -5, received: 2e9, end: 3e9}, {
		start: 500, received: 400, end: 300, host: 'a',
	}];
	assert.deepEqual([strip(nonsense, 1000, 7).length, strip([{start: 0, received: 3, end: 3}], 3, 80).length, strip([], 1e12, 200).length], [7, 80, 200]);
	assert.deepEqual(slicesOf([], 0, 10), []);
});

test('the whole file is full whatever the number of cells', () => {
	const sizes = [1_123_808, 999_999_937, 7];
	const broken = sizes.filter(size => [3, 78, 199].some(cells => cells <= size && slicesOf([{start: 0, received: size, end: size}], size, cells).some(slice => slice !== 'full')));
	assert.deepEqual(broken, []);
});
