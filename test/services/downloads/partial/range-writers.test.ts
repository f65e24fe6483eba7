import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {test} from 'node:test';
import {setImmediate as immediate} from 'node:timers/promises';
import fc from 'fast-check';
import {type RangeWriter} from '../../../../source/services/downloads/partial/range-writer.js';
import {RangeWriters} from '../../../../source/services/downloads/partial/range-writers.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {noise} from './scene.js';

/**
A piece for one of three writers, and whether somebody else flushes while it is written.
*/
const steps = fc.array(fc.record({
	writer: fc.nat(2), length: fc.integer({min: 1, max: 200_000}), isFlushed: fc.boolean(), isWaitedFor: fc.boolean(),
}), {minLength: 1, maxLength: 40});

const spacing = 10_000_000;

/**
Three writers, and where and what each of them put.
*/
function openThree(): {readonly all: RangeWriters; readonly writers: readonly RangeWriter[]; readonly put: ReadonlyArray<ReadonlyArray<{readonly position: number; readonly bytes: Uint8Array}>>} {
	const all = new RangeWriters(1);
	const put = [0, 1, 2].map((): Array<{readonly position: number; readonly bytes: Uint8Array}> => []);
	const writers = put.map((blocks, index) => all.open(index * spacing, async (block, position) => {
		// Not at once, as a disk.
		await immediate();
		blocks.push({position, bytes: Uint8Array.from(block)});
	}));
	return {all, writers, put};
}

test('whatever the pieces are, and whoever flushes in between: every writer puts its bytes one after the other', async () => {
	await fc.assert(fc.asyncProperty(steps, async pieces => {
		const {all, writers, put} = openThree();
		const expected = writers.map((): Uint8Array[] => []);
		for await (const [index, {writer, length, isFlushed, isWaitedFor}] of inSequence(pieces.entries())) {
			const piece = Buffer.alloc(length, index + 1);
			expected[writer]!.push(piece);
			const writing = writers[writer]!.write(piece);
			const flushing = isFlushed ? [writers[writer]!.flush(), all.flush()] : [];
			await writing;
			await (isWaitedFor ? Promise.all(flushing) : undefined);
		}

		await all.flush();
		const positions = put.map(blocks => blocks.map(({position, bytes}) => [position, position + bytes.length]));
		const gaps = positions.map((blocks, index) => blocks.map(([start], place) => start! - (blocks[place - 1]?.[1] ?? (index * spacing))));
		assert.deepEqual(gaps.flat().filter(gap => gap !== 0), []);
		assert.deepEqual(writers.map(({position}) => position), expected.map((parts, index) => (index * spacing) + Buffer.concat(parts).length));
		const written = put.map(blocks => Buffer.concat(blocks.map(({bytes}) => bytes)));
		assert.deepEqual(written, expected.map(parts => Buffer.concat(parts)));
	}), {numRuns: 60});
});

test('a put that fails is told to every later call of its writer, and to no other', async () => {
	const writers = new RangeWriters(1);
	const failing = writers.open(0, async () => {
		throw new Error('no disk');
	});
	const put: number[] = [];
	const other = writers.open(100, async block => {
		put.push(block.length);
	});
	await failing.write(noise(10));
	await other.write(noise(20));
	const both = await Promise.allSettled([writers.flush(), failing.flush()]);
	assert.deepEqual(both.map(({status}) => status), ['rejected', 'rejected']);
	assert.deepEqual(put, [20]);
	await assert.rejects(async () => failing.write(noise(10)), /no disk/v);
	await assert.rejects(async () => failing.write(noise(200_000)), /no disk/v);
	await assert.rejects(failing.flush(), /no disk/v);
	// It holds nothing that the others would have to wait for.
	await writers.flush();
});

test('blocks are large for one writer and smaller for many', async () => {
	const writers = new RangeWriters(10_000_000_000);
	const lengths: number[] = [];
	const put = async (block: Uint8Array) => {
		lengths.push(block.length);
	};

	const one = writers.open(0, put);
	await one.write(noise(1_048_576));
	await one.flush();
	const many = Array.from({length: 8}, () => writers.open(0, put));
	await Promise.all(many.map(async writer => writer.write(noise(1))));
	await Promise.all(many.map(async writer => writer.write(noise(1_048_576))));
	await writers.flush();
	assert.equal(lengths[0], 1_048_576);
	// The first of them was alone when it began.
	assert.ok(lengths.filter(length => length > 262_144).length <= 2, lengths.join(' '));
});
