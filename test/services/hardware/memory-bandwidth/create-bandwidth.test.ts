import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {createBandwidth} from '../../../../source/services/hardware/memory-bandwidth/create-bandwidth.js';
import {fastestRound, measureBandwidth} from '../../../../source/services/hardware/memory-bandwidth/measure-bandwidth.js';
import {openStorage} from '../../../../source/services/storage/open-storage.js';

const folder = await mkdtemp(path.join(tmpdir(), 'remuda-bandwidth-'));
const storage = openStorage({path: path.join(folder, 'remuda.sqlite')});
after(async () => {
	await storage.close();
	await rm(folder, {recursive: true});
});
const {signal} = new AbortController();

test('a round counts from the first thread\'s start to the last one\'s end', () => {
	const results = [
		{rounds: [[0, 1_000_000], [5_000_000, 7_000_000]]},
		{rounds: [[1_000_000, 4_000_000], [5_000_000, 6_000_000]]},
	] as const;
	// 2 × 1 MB in 4 ms, then in 2 ms.
	assert.equal(fastestRound(results, 1e6), 1e9);
});

test('what memory delivers is between a slow board\'s and the fastest server\'s, and is remembered for this machine only', async () => {
	const bandwidth = createBandwidth({storage, clock: () => new Date('2026-11-20T10:00:00Z')});
	const machine = {cpuModel: 'Example CPU 9000', usableCores: 2, memoryBytes: 16e9};
	assert.equal(await bandwidth.recorded(machine), undefined);
	const measured = await bandwidth.measure(machine, {signal});
	assert.ok(measured.bytesPerSecond > 2e8, `${measured.bytesPerSecond}`);
	assert.ok(measured.bytesPerSecond < 2e12, `${measured.bytesPerSecond}`);
	assert.deepEqual([measured.threads, measured.measuredAt], [2, '2026-11-20T10:00:00.000Z']);
	assert.deepEqual(await bandwidth.recorded({...machine, memoryBytes: 16.1e9}), measured);
	assert.equal(await bandwidth.recorded({...machine, cpuModel: 'Another'}), undefined);
	assert.equal(await bandwidth.recorded({...machine, usableCores: 1}), undefined);
	assert.equal(await bandwidth.recorded({...machine, memoryBytes: 32e9}), undefined);
});

test('the main thread goes on meanwhile, and who aborts does not wait', async () => {
	const controller = new AbortController();
	let turns = 0;
	const timer = setInterval(() => {
		turns++;
	}, 1);
	try {
		await measureBandwidth({usableCores: 1, signal});
		assert.ok(turns > 10, `${turns} turns`);
	} finally {
		clearInterval(timer);
	}

	const reason = new Error('enough');
	const measuring = measureBandwidth({usableCores: 2, signal: controller.signal});
	controller.abort(reason);
	await assert.rejects(measuring, reason);
});
