import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	addRange,
	complementOf,
	intersectRanges,
	normalizeRanges,
	prefixBytes,
	subtractRanges,
	totalBytes,
	type ByteRange,
} from '../../../../source/services/downloads/partial/byte-ranges.js';

const size = 40;

// Touching, overlapping, empty and turned around: what comes from outside.
const anyRanges = fc.array(fc.record({start: fc.nat(size), end: fc.nat(size)}), {maxLength: 12});

/**
The same as a set of single bytes, in which the arithmetic is evident.
*/
function bytesOf(ranges: readonly ByteRange[]): ReadonlySet<number> {
	return new Set(ranges.flatMap(({start, end}) => Array.from({length: Math.max(0, end - start)}, (_, index) => start + index)));
}

function assertInOrder(ranges: readonly ByteRange[]): void {
	for (const [index, {start, end}] of ranges.entries()) {
		assert.ok(start < end);
		assert.ok(index === 0 || ranges[index - 1]!.end < start);
	}
}

function assertSame(ranges: readonly ByteRange[], bytes: ReadonlySet<number>): void {
	assertInOrder(ranges);
	assert.deepEqual(bytesOf(ranges), bytes);
}

test('any ranges become a list in order with the same bytes, which says how many there are', () => {
	fc.assert(fc.property(anyRanges, ranges => {
		const normalized = normalizeRanges(ranges);
		assertInOrder(normalized);
		assert.deepEqual(bytesOf(normalized), bytesOf(ranges));
		assert.equal(totalBytes(normalized), bytesOf(ranges).size);
	}));
});

test('adding, taking away, what both have and what is missing agree with sets of bytes', () => {
	fc.assert(fc.property(anyRanges, anyRanges, (some, others) => {
		const [left, right] = [normalizeRanges(some), normalizeRanges(others)];
		const [leftBytes, rightBytes] = [bytesOf(left), bytesOf(right)];
		let sum = left;
		for (const range of others) {
			sum = addRange(sum, range);
			assertInOrder(sum);
		}

		assert.deepEqual(sum, normalizeRanges([...left, ...right]));
		assertSame(subtractRanges(left, right), leftBytes.difference(rightBytes));
		assertSame(intersectRanges(left, right), leftBytes.intersection(rightBytes));
		assertSame(complementOf(left, size), bytesOf([{start: 0, end: size}]).difference(leftBytes));
	}));
});

test('the prefix ends at the first gap', () => {
	fc.assert(fc.property(anyRanges, ranges => {
		const bytes = bytesOf(ranges);
		const gap = Array.from({length: size + 1}, (_, index) => index).find(index => !bytes.has(index));
		assert.equal(prefixBytes(normalizeRanges(ranges)), gap);
	}));
});

test('of a file without bytes nothing is missing', () => {
	assert.deepEqual(complementOf([], 0), []);
});
