import assert from 'node:assert/strict';
import {appendFile, readFile, truncate} from 'node:fs/promises';
import {test} from 'node:test';
import fc from 'fast-check';
import {readWrittenLog, WrittenLog} from '../../../../source/services/downloads/partial/written-log.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

const range = (index: number) => ({start: index * 5_000_000_000, end: (index * 5_000_000_000) + index + 1});

test('what was appended since the mark stays when what was before is dropped', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('0.log');
	await fc.assert(fc.asyncProperty(fc.nat(6), fc.nat(6), fc.nat(6), async (before, between, after) => {
		const log = new WrittenLog(file);
		log.clear();
		let next = 0;
		const append = (count: number) => {
			for (const index of Array.from({length: count}, () => next++)) {
				log.append(range(index));
			}
		};

		append(before);
		const {mark} = log;
		append(between);
		log.drop(mark);
		append(after);
		log.close();
		assert.deepEqual(await readWrittenLog(file), Array.from({length: between + after}, (_, index) => range(before + index)));
	}), {numRuns: 40});
});

test('a torn record is no range, and the next one takes its place', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('0.log');
	const log = new WrittenLog(file);
	log.append(range(0));
	log.append(range(1));
	await truncate(file, 23);
	assert.deepEqual(await readWrittenLog(file), [range(0)]);
	log.drop(1);
	await appendFile(file, 'torn');
	log.append(range(2));
	assert.deepEqual(await readWrittenLog(file), [range(1), range(2)]);
	log.close();
	const bytes = await readFile(file);
	assert.equal(bytes.length, 32);
});

test('a log that is not there names nothing; an enormous one only so many', async () => {
	await using folder = await temporaryFolder();
	assert.deepEqual(await readWrittenLog(folder.join('0.log')), []);
	await appendFile(folder.join('1.log'), '');
	await truncate(folder.join('1.log'), 10_000_000_000);
	const ranges = await readWrittenLog(folder.join('1.log'));
	assert.equal(ranges.length, 65_536);
});
