import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {
	isResident,
	parseMemoryUse,
	readMemoryUse,
	usedBytes,
} from '../../../source/services/engine/memory-use.js';

const status = ['Name:\tnode', 'RssAnon:\t  300 kB', 'RssFile:\t  150 kB', 'RssShmem:\t   20 kB', ''].join('\n');

test('pages of the process and of files are told apart', () => {
	assert.deepEqual(parseMemoryUse(status), {anonymousBytes: 320 * 1024, fileBytes: 150 * 1024});
	assert.equal(parseMemoryUse(''), undefined);
	assert.equal(parseMemoryUse('RssAnon: 300 MB\nRssFile: 1 kB'), undefined);
});

test('pages that can be given back are not use', () => {
	const use = parseMemoryUse(status)!;
	assert.equal(usedBytes(use, {reclaimableBytes: 100 * 1024}), 370 * 1024);
	assert.equal(usedBytes(use, {reclaimableBytes: 999 * 1024}), 320 * 1024);
});

test('weights that are not in memory show that it is short', () => {
	const use = parseMemoryUse(status)!;
	assert.equal(isResident(use, {memoryBytes: 200 * 1024, heldBytes: 50 * 1024}), true);
	assert.equal(isResident(use, {memoryBytes: 400 * 1024, heldBytes: 50 * 1024}), false);
});

test('a running process tells its use, one that has ended none', async () => {
	const use = await readMemoryUse(process.pid);
	assert.ok(use!.anonymousBytes > 10e6);
	assert.equal(await readMemoryUse(2 ** 30), undefined);
});
