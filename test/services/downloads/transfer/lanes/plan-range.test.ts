import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	addRange,
	complementOf,
	normalizeRanges,
	subtractRanges,
	totalBytes,
	type ByteRange,
} from '../../../../../source/services/downloads/partial/byte-ranges.js';
import {planRange, usefulLanes, type Claim} from '../../../../../source/services/downloads/transfer/lanes/plan-range.js';
import {createRandom} from '../../../../helpers/random.js';

const mebibyte = 1_048_576;
const gibibyte = 1024 * mebibyte;

function claimOf(start: number, end: number, {position = start, bytesPerSecond, isSettled = true}: Partial<Claim> = {}): Claim {
	return {
		start, position, end, bytesPerSecond, isSettled,
	};
}

test('one connection takes everything up to the next bytes that are there', () => {
	assert.deepEqual(planRange({missing: [{start: 5, end: gibibyte}], claims: [], lanes: 1}), {range: {start: 5, end: gibibyte}});
	assert.deepEqual(planRange({missing: [{start: 5, end: 9}, {start: 20, end: 30}], claims: [], lanes: 1}), {range: {start: 5, end: 9}});
});

test('several take chunks in order, of 64 MiB at most', () => {
	const missing = [{start: 0, end: 100 * gibibyte}];
	const first = planRange({missing, claims: [], lanes: 8});
	assert.deepEqual(first, {range: {start: 0, end: 64 * mebibyte}});
	const second = planRange({missing, claims: [claimOf(0, 64 * mebibyte)], lanes: 8});
	assert.deepEqual(second, {range: {start: 64 * mebibyte, end: 128 * mebibyte}});
});

test('a gap in front is filled first', () => {
	const missing = [{start: 10, end: 20}, {start: gibibyte, end: 2 * gibibyte}];
	assert.deepEqual(planRange({missing, claims: [], lanes: 8}), {range: {start: 10, end: 20}});
	assert.equal(planRange({missing, claims: [claimOf(10, 20)], lanes: 8})?.range.start, gibibyte);
});

test('chunks get smaller towards the end', () => {
	const sizes: number[] = [];
	let missing: readonly ByteRange[] = [{start: 0, end: gibibyte}];
	while (missing.length > 0) {
		const {range} = planRange({missing, claims: [], lanes: 8})!;
		sizes.push(range.end - range.start);
		missing = complementOf([{start: 0, end: range.end}], gibibyte);
	}

	assert.deepEqual(sizes, sizes.toSorted((one, other) => other - one));
	assert.equal(sizes[0], 64 * mebibyte);
	assert.ok(sizes.at(-1)! <= 6 * mebibyte);
	assert.ok(sizes.length < 80, `${sizes.length} requests`);
});

test('with nothing free, the claim with the longest time to go is cut in half', () => {
	const claims = [
		claimOf(0, 10 * mebibyte, {position: 2 * mebibyte, bytesPerSecond: 10 * mebibyte}),
		claimOf(10 * mebibyte, 16 * mebibyte, {position: 10 * mebibyte, bytesPerSecond: mebibyte}),
	];
	const plan = planRange({missing: [{start: 2 * mebibyte, end: 16 * mebibyte}], claims, lanes: 3});
	assert.deepEqual(plan, {range: {start: 13 * mebibyte, end: 16 * mebibyte}, shortened: {claim: claims[1], end: 13 * mebibyte}});
});

test('one that stands still goes before all others, and a long claim frees the next chunks, not its far half', () => {
	const claims = [claimOf(0, gibibyte, {bytesPerSecond: 0}), claimOf(gibibyte, 2 * gibibyte, {bytesPerSecond: 1000})];
	const plan = planRange({missing: [{start: 0, end: 2 * gibibyte}], claims, lanes: 4});
	assert.equal(plan?.shortened?.claim, claims[0]);
	assert.deepEqual(plan?.range, {start: 64 * mebibyte, end: 128 * mebibyte});
});

test('what has less than 4 MiB to go, or is done in a moment, is left alone', () => {
	const almost = (4 * mebibyte) - 1;
	const one = [claimOf(0, almost, {bytesPerSecond: 1})];
	assert.equal(planRange({missing: [{start: 0, end: almost}], claims: one, lanes: 8}), undefined);
	const other = [claimOf(0, 50 * mebibyte, {bytesPerSecond: 500 * mebibyte})];
	assert.equal(planRange({missing: [{start: 0, end: 50 * mebibyte}], claims: other, lanes: 8}), undefined);
	assert.equal(planRange({missing: [], claims: [], lanes: 8}), undefined);
});

test('one that takes far longer for its rest than another would is relieved of it', () => {
	const missing = [{start: mebibyte, end: 2 * mebibyte}];
	const slow = claimOf(0, 2 * mebibyte, {position: mebibyte, bytesPerSecond: mebibyte / 10});
	const plan = planRange({
		missing, claims: [slow], lanes: 8, bestBytesPerSecond: 10 * mebibyte,
	});
	assert.deepEqual(plan, {range: missing[0], shortened: {claim: slow, end: mebibyte}});
	// Nobody is better, it has hardly begun, or it is nearly done.
	const left = [
		{claim: slow, bestBytesPerSecond: mebibyte / 10},
		{claim: slow, bestBytesPerSecond: 0},
		{claim: {...slow, isSettled: false}, bestBytesPerSecond: 10 * mebibyte},
		{claim: {...slow, position: (2 * mebibyte) - 1000}, bestBytesPerSecond: 10 * mebibyte},
	].map(({claim, bestBytesPerSecond}) => planRange({
		missing, claims: [claim], lanes: 8, bestBytesPerSecond,
	}));
	assert.deepEqual(left, [undefined, undefined, undefined, undefined]);
});

test('a small file gets few connections', () => {
	assert.equal(usefulLanes(0, 8), 1);
	assert.equal(usefulLanes(15 * mebibyte, 8), 1);
	assert.equal(usefulLanes(16 * mebibyte, 8), 2);
	assert.equal(usefulLanes(gibibyte, 8), 8);
	assert.equal(usefulLanes(gibibyte, 3), 3);
});

/**
A file that connections of all speeds fetch, stop at and fail at, at random.
*/
class Simulation {
	readonly #random: () => number;
	readonly #sizeBytes: number;
	#claims: Array<{start: number; position: number; end: number; bytesPerSecond: number | undefined; isSettled: boolean}> = [];
	written: readonly ByteRange[] = [];
	splits = 0;

	constructor(seed: number) {
		this.#random = createRandom(seed);
		this.#sizeBytes = Math.ceil(this.#random() * 300 * mebibyte);
		for (let parts = Math.floor(this.#random() * 4); parts > 0; parts--) {
			const start = Math.floor(this.#random() * this.#sizeBytes);
			const length = Math.ceil(this.#random() * 40 * mebibyte);
			this.written = addRange(this.written, {start, end: Math.min(this.#sizeBytes, start + length)});
		}
	}

	#claim(lanes: number): void {
		const missing = complementOf(this.written, this.#sizeBytes);
		const plan = planRange({
			missing, claims: this.#claims, lanes, bestBytesPerSecond: 5 * mebibyte,
		});
		if (plan === undefined) {
			// There is nothing to do, or it is all being done.
			const leftOut = subtractRanges(missing, normalizeRanges(this.#claims));
			assert.deepEqual(leftOut, []);
			return;
		}

		if (plan.shortened !== undefined) {
			const claim = this.#claims.find(candidate => candidate === plan.shortened?.claim)!;
			assert.ok(plan.shortened.end >= claim.position);
			assert.ok(plan.shortened.end < claim.end);
			claim.end = plan.shortened.end;
			this.splits++;
		}

		const {start, end} = plan.range;
		assert.ok(start < end);
		for (const other of [...this.#claims, ...this.written]) {
			assert.ok(end <= other.start || start >= other.end, `${start}-${end} is planned twice`);
		}

		this.#claims.push({
			start, position: start, end, bytesPerSecond: this.#random() < 0.2 ? undefined : (this.#random() ** 4) * 5 * mebibyte, isSettled: this.#random() < 0.5,
		});
	}

	#advance(): void {
		for (const claim of this.#claims) {
			const position = Math.min(claim.end, claim.position + Math.ceil(this.#random() * 9 * mebibyte));
			this.written = addRange(this.written, {start: claim.position, end: position});
			claim.position = position;
		}

		// Some are done, others break.
		this.#claims = this.#claims.filter(({position, end}) => position < end && this.#random() > 0.1);
	}

	get isDone(): boolean {
		return totalBytes(this.written) === this.#sizeBytes;
	}

	step(): void {
		const lanes = 1 + Math.floor(this.#random() * 8);
		while (this.#claims.length < lanes && this.#random() < 0.8) {
			const before = this.#claims.length;
			this.#claim(lanes);
			if (this.#claims.length === before) {
				break;
			}
		}

		this.#advance();
	}
}

test('whatever happens, no byte is planned twice and none is left out', () => {
	let splits = 0;
	let ended = 0;
	for (let seed = 1; seed <= 300; seed++) {
		const simulation = new Simulation(seed);
		for (let steps = 0; !simulation.isDone && steps < 10_000; steps++) {
			simulation.step();
		}

		ended += Number(simulation.isDone);
		splits += simulation.splits;
	}

	assert.equal(ended, 300);
	assert.ok(splits > 100, `${splits} splits`);
});
