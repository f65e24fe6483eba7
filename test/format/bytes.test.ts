import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	formatBytes,
	formatBytesOf,
	formatRate,
	parseBytes,
	parseRate,
} from '../../source/format/bytes.js';

for (const [bytes, text] of [
	[0, '0 B'],
	[12, '12 B'],
	[999, '999 B'],
	[1000, '1.00 KB'],
	[1_234_567, '1.23 MB'],
	[99_949_999, '99.9 MB'],
	[99_950_000, '100 MB'],
	[734_400_000, '734 MB'],
	[999_499_999, '999 MB'],
	[999_500_000, '1.00 GB'],
	[2_104_932_800, '2.10 GB'],
	[9_994_999_999, '9.99 GB'],
	[9_995_000_000, '10.0 GB'],
	[1.5e15, '1.50 PB'],
	[5e18, '5000 PB'],
	[-5, '0 B'],
	[NaN, '?'],
	[Infinity, '?'],
] as const) {
	test(`${bytes} bytes are ${text}`, () => {
		assert.equal(formatBytes(bytes), text);
	});
}

test('a size takes seven cells at most, and grows with the bytes', () => {
	fc.assert(fc.property(fc.double({min: 0, max: 9e17, noNaN: true}), bytes => {
		assert.match(formatBytes(bytes), /^(?:\d{1,3}|\d\.\d{2}|\d{2}\.\d) (?:B|[GKMPT]B)$/v);
	}), {numRuns: 3000});
});

test('a rate is bytes in a second, or unknown', () => {
	assert.equal(formatRate(12_300_000), '12.3 MB/s');
	assert.equal(formatRate(undefined), '–');
});

for (const [text, bytes] of [
	['1024', 1024],
	['20GB', 20e9],
	['20 gb', 20e9],
	['500M', 500e6],
	['1.5 TiB', 1.5 * (1024 ** 4)],
	['2GIB', 2 * (1024 ** 3)],
	['3kib', 3072],
	['12 b', 12],
	['2P', 2e15],
	['0', 0],
	[' 7 MB ', 7e6],
] as const) {
	test(`“${text}” is read as ${bytes} bytes`, () => {
		assert.equal(parseBytes(text), bytes);
	});
}

for (const text of ['', 'GB', '-1', '1e3', '1,5 GB', '5i', '5 ib', '1 XB', '1 GBB', '0x10', '99999 PB', '9'.repeat(400), '∞']) {
	test(`“${text.slice(0, 20)}” is no size`, () => {
		assert.equal(parseBytes(text), undefined);
	});
}

test('what is written is read again, to the digits that are shown', () => {
	fc.assert(fc.property(fc.integer({min: 0, max: 8.9e15}), bytes => {
		const read = parseBytes(formatBytes(bytes)) ?? NaN;
		assert.ok(Math.abs(read - bytes) <= bytes * 0.005);
	}));
});

for (const [done, total, text] of [
	[0, 2.1e9, '0.00 / 2.10 GB'],
	[340e6, 2.1e9, '0.34 / 2.10 GB'],
	[2.1e9, 2.1e9, '2.10 / 2.10 GB'],
	[500, 734e6, '0 / 734 MB'],
	[12, 999, '12 / 999 B'],
	[3e9, 2.1e9, '3.00 / 2.10 GB'],
	[0, 0, '0 / 0 B'],
] as const) {
	test(`${done} of ${total} bytes are “${text}”`, () => {
		assert.equal(formatBytesOf(done, total), text);
	});
}

test('a rate is a size a second, and never nothing', () => {
	assert.deepEqual(['5MB', '1.5 MiB/s', '500 kb/S', '12'].map(text => parseRate(text)), [5e6, 1_572_864, 500e3, 12]);
	assert.deepEqual(['', '0', '0.1', 'fast', '5MB/min', '-5MB'].filter(text => parseRate(text) !== undefined), []);
});
