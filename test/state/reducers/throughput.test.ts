import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	addThroughput,
	keptSamples,
	noThroughput,
	type Throughput,
} from '../../../source/state/reducers/throughput.js';
import {type Download} from '../../../source/types/download.js';
import {download} from '../../helpers/models.js';

type Telling = readonly [at: number, downloads: readonly Download[]];

function after(...tellings: readonly Telling[]): Throughput {
	let throughput = noThroughput;
	let before: readonly Download[] = [];
	for (const [at, downloads] of tellings) {
		throughput = addThroughput(throughput, before, downloads, at);
		before = downloads;
	}

	return throughput;
}

const fetched = (id: string, fetchedBytes: number) => download({id, fetchedBytes});

test('the bytes of all downloads in a second are one sample', () => {
	const {samples} = after(
		[1000, [fetched('a', 5e9), fetched('b', 0)]],
		[1400, [fetched('a', 5e9 + 10e6), fetched('b', 0)]],
		[2000, [fetched('a', 5e9 + 20e6), fetched('b', 30e6)]],
		[2500, [fetched('a', 5e9 + 25e6), fetched('b', 30e6)]],
	);
	assert.deepEqual(samples, [50e6]);
});

test('what was there before it was told did not come in just now, and another run counts from zero', () => {
	const {samples} = after(
		[0, []],
		[1000, [fetched('a', 7e9)]],
		[2000, [fetched('a', 7e9 + 1e6)]],
		[3000, [fetched('a', 2e6)]],
	);
	assert.deepEqual(samples, [0, 1e6, 2e6]);
});

test('a pause of some seconds has as many samples, with an equal share each', () => {
	const {samples} = after([0, [fetched('a', 0)]], [4000, [fetched('a', 40e6)]]);
	assert.deepEqual(samples, [10e6, 10e6, 10e6, 10e6]);
});

test('no more is kept than the last minutes, whatever the clock does', () => {
	assert.equal(after([0, [fetched('a', 0)]], [86_400_000, [fetched('a', 1)]]).samples.length, keptSamples);
	const back = after([1e9, [fetched('a', 0)]], [5, [fetched('a', 1e6)]], [1005, [fetched('a', 2e6)]]);
	assert.deepEqual(back.samples, [1e6]);
});

test('where nothing came in it stays the same object', () => {
	const first = addThroughput(noThroughput, [], [fetched('a', 1)], 0);
	assert.equal(addThroughput(first, [fetched('a', 1)], [fetched('a', 1)], 500), first);
});
