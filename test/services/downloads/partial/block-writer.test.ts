import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {open, readFile} from 'node:fs/promises';
import {test} from 'node:test';
import fc from 'fast-check';
import {BlockWriter} from '../../../../source/services/downloads/partial/block-writer.js';
import {FollowingHash} from '../../../../source/services/downloads/partial/following-hash.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';
import {never, sha256Of} from '../world.js';

/**
A piece, and whether somebody else flushes while it is written.
*/
const steps = fc.array(fc.record({length: fc.integer({min: 1, max: 200_000}), isFlushed: fc.boolean(), isWaitedFor: fc.boolean()}), {minLength: 1, maxLength: 40});

test('whatever the pieces are, and whoever flushes in between: the file and its hash are right', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('file');
	await fc.assert(fc.asyncProperty(steps, fc.nat({max: 300_000}), async (pieces, before) => {
		await using handle = await open(file, 'w+');
		const expected: Uint8Array[] = [Buffer.alloc(before, 'x')];
		// What was there before is hashed from the disk, while more is written.
		await handle.write(expected[0]!);
		const hash = new FollowingHash(handle);
		hash.available(before);
		const starts: number[] = [];
		const writer = new BlockWriter({
			handle,
			position: before,
			sizeBytes: 1,
			onWritten(block, start) {
				starts.push(start);
				hash.written(block, start);
			},
		});
		for await (const [index, {length, isFlushed, isWaitedFor}] of inSequence(pieces.entries())) {
			const piece = Buffer.alloc(length, index + 1);
			expected.push(piece);
			const writing = writer.write(piece);
			const flushing = isFlushed ? [writer.flush(), writer.flush()] : [];
			await writing;
			await (isWaitedFor ? Promise.all(flushing) : undefined);
		}

		await writer.flush();
		const {sha256} = await hash.digest({signal: never});
		assert.ok(Buffer.concat(expected).equals(await readFile(file)));
		assert.equal(sha256, await sha256Of(file));
		assert.deepEqual(starts, starts.toSorted((left, right) => left - right));
	}), {numRuns: 60});
});

test('a write that fails is told to every later call', async () => {
	await using folder = await temporaryFolder();
	const handle = await open(folder.join('file'), 'w');
	await handle.close();
	const writer = new BlockWriter({
		handle, position: 0, sizeBytes: 1, onWritten: () => undefined,
	});
	await writer.write(new Uint8Array(10));
	const flushes = await Promise.allSettled([writer.flush(), writer.flush()]);
	const codes = flushes.map(result => result.status === 'rejected' && (result.reason as {code?: string}).code);
	assert.deepEqual(codes, ['EBADF', 'EBADF']);
});

test('a hash that is stopped while it reads says why', async () => {
	await using folder = await temporaryFolder();
	await using handle = await open(folder.join('file'), 'w+');
	await handle.write(Buffer.alloc(8_000_000));
	const hash = new FollowingHash(handle);
	hash.available(8_000_000);
	const controller = new AbortController();
	const digest = hash.digest({signal: controller.signal});
	controller.abort(new Error('enough'));
	await assert.rejects(digest, /enough/v);
	await hash.close();
	assert.ok(hash.position < 8_000_000);
});
