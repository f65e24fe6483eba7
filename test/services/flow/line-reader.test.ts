import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {test} from 'node:test';
import fc from 'fast-check';
import {createLineReader} from '../../../source/services/flow/line-reader.js';

function read(chunks: readonly Uint8Array[], maximumLength = Infinity): {readonly lines: string[]; readonly overflows: number} {
	const lines: string[] = [];
	let overflows = 0;
	const feed = createLineReader({
		maximumLength,
		onLine(line) {
			lines.push(line);
		},
		onOverflow() {
			overflows++;
		},
	});
	for (const chunk of chunks) {
		feed(chunk);
	}

	return {lines, overflows};
}

function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
	const chunks: Uint8Array[] = [];
	for (let start = 0, index = 0; start < bytes.length; index++) {
		const length = lengths[index % lengths.length] ?? bytes.length;
		chunks.push(bytes.subarray(start, start + length));
		start += length;
	}

	return chunks;
}

const line = fc.string({unit: 'grapheme'}).map(text => text.replaceAll('\n', ' '));
const length = fc.integer({min: 1, max: 7});
const manyLines = fc.array(line);
const manyLengths = fc.array(length);

test('gives the same lines however the bytes are cut', () => {
	const property = fc.property(manyLines, manyLengths, (lines, lengths) => {
		const bytes = Buffer.from(lines.map(text => `${text}\n`).join(''));
		assert.deepEqual(read(cut(bytes, lengths)).lines, lines.map(text => Buffer.from(text).toString()));
	});
	fc.assert(property);
});

test('gives up on a line that is too long, once, and holds none of it', () => {
	const [short, long, late] = ['short\n', 'x'.repeat(600), '\nlate\n'].map(text => Buffer.from(text));
	assert.deepEqual(read([short!, long!, long!, long!, late!], 1000), {lines: ['short'], overflows: 1});
	const [longest, tooLong] = ['x'.repeat(1000), 'x'.repeat(1001)];
	const both = Buffer.from([longest, tooLong, ''].join('\n'));
	assert.deepEqual(read([both], 1000), {lines: [longest], overflows: 1});
});
