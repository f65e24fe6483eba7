import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {open, readFile} from 'node:fs/promises';
import {test} from 'node:test';
import fc from 'fast-check';
import {intersectRanges, normalizeRanges, totalBytes} from '../../../../source/services/downloads/partial/byte-ranges.js';
import {RangeStore} from '../../../../source/services/downloads/partial/range-store.js';
import {readWrittenLog, WrittenLog} from '../../../../source/services/downloads/partial/written-log.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

const sizeBytes = 1000;
const servers = ['hub', 'mirror', 'other'];

const puts = fc.array(fc.record({server: fc.nat(2), start: fc.nat(sizeBytes), length: fc.integer({min: 1, max: 400})}), {minLength: 1, maxLength: 20});

test('however blocks overlap, at the same moment too: every byte is of the server it is told to be of, and logged', async () => {
	await using folder = await temporaryFolder();
	const log = new WrittenLog(folder.join('0.log'));
	await fc.assert(fc.asyncProperty(puts, async blocks => {
		log.clear();
		await using handle = await open(folder.join('0.partial'), 'w+');
		const told: number[] = [];
		const store = new RangeStore({
			handle,
			log,
			sizeBytes,
			written: [],
			requireWritable: () => undefined,
			onWritten() {
				told.push(totalBytes(store.written));
			},
		});
		await Promise.all(blocks.map(async ({server, start, length}) => store.put(Buffer.alloc(length, server + 1), start, servers[server]!)));
		const clipped = blocks.map(({start, length}) => ({start, end: Math.min(start + length, sizeBytes)}));
		assert.deepEqual(store.written, normalizeRanges(clipped));
		assert.deepEqual(told, told.toSorted((left, right) => left - right));
		const logged = await readWrittenLog(folder.join('0.log'));
		assert.deepEqual(normalizeRanges(logged), store.written);
		const bytes = await readFile(folder.join('0.partial'));
		const values = servers.map(server => {
			const brought = store.broughtBy(name => name === server);
			return [...new Set(brought.flatMap(({start, end}) => [...bytes.subarray(start, end)]))];
		});
		assert.deepEqual(values.map((found, index) => found.filter(value => value !== index + 1)), [[], [], []]);
		const [hub, mirror] = ['hub', 'mirror'].map(server => store.broughtBy(name => name === server));
		assert.deepEqual(intersectRanges(hub!, mirror!), []);
		const forgotten = store.forget(mirror!);
		assert.equal(forgotten, totalBytes(mirror!));
		assert.deepEqual(store.broughtBy(name => name === 'mirror'), []);
		assert.deepEqual(store.broughtBy(() => true), store.written);
	}), {numRuns: 60});
	log.close();
});

test('what could not be written is free for the next to write', async () => {
	await using folder = await temporaryFolder();
	const handle = await open(folder.join('0.partial'), 'w+');
	const log = new WrittenLog(folder.join('0.log'));
	await handle.close();
	const store = new RangeStore({
		handle, log, sizeBytes, written: [], requireWritable: () => undefined, onWritten: () => undefined,
	});
	const both = await Promise.allSettled([store.put(Buffer.alloc(10), 0, 'hub'), store.put(Buffer.alloc(10), 5, 'hub')]);
	assert.deepEqual(both.map(({status}) => status), ['rejected', 'rejected']);
	assert.deepEqual(store.written, []);
	await assert.rejects(store.put(Buffer.alloc(10), 0, 'hub'), {code: 'EBADF'});
	log.close();
});

test('a block that is under way when nothing may be added any more does not count', async () => {
	await using folder = await temporaryFolder();
	await using handle = await open(folder.join('0.partial'), 'w+');
	const log = new WrittenLog(folder.join('0.log'));
	const ended = new AbortController();
	const store = new RangeStore({
		handle,
		log,
		sizeBytes,
		written: [],
		requireWritable() {
			ended.signal.throwIfAborted();
		},
		onWritten: () => undefined,
	});
	const putting = store.put(Buffer.alloc(10), 0, 'hub');
	ended.abort(new Error('over'));
	await assert.rejects(putting, /over/v);
	assert.deepEqual([store.written, await readWrittenLog(folder.join('0.log'))], [[], []]);
	log.close();
});
