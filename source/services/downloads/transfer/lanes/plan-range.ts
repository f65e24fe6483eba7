import {
	subtractRanges,
	normalizeRanges,
	totalBytes,
	type ByteRange,
} from '../../partial/byte-ranges.js';

const mebibyte = 1_048_576;
const usualSmallestChunk = 4 * mebibyte;
/**
Bytes that a connection is asked for at most, where there is more than one.
*/
export const largestChunk = 64 * mebibyte;
const roundness = 65_536;
// What is done sooner than another connection gets going is left alone.
const worthwhileSeconds = 0.25;
// A connection is relieved of its rest when a good one needs a fraction of the time, and that is some time.
const reliefSeconds = 3;
const reliefFactor = 4;

/**
A range that a connection is at.
*/
export type Claim = {
	readonly start: number;
	/**
	Where its next byte goes.
	*/
	readonly position: number;
	/**
	Not included.
	*/
	readonly end: number;
	/**
	Undefined while not known.
	*/
	readonly bytesPerSecond: number | undefined;
	/**
	Whether it has been at it long enough for its rate to be believed.
	*/
	readonly isSettled: boolean;
};

export type RangePlan<OneClaim extends Claim> = {
	/**
	What to fetch next.
	*/
	readonly range: ByteRange;
	/**
	A claim that has to end earlier for it; right where it is, when it is to give up.
	*/
	readonly shortened?: {readonly claim: OneClaim; readonly end: number};
};

export type RangeState<OneClaim extends Claim> = {
	/**
	What is not in the file yet, claimed or not; in order.
	*/
	readonly missing: readonly ByteRange[];
	readonly claims: readonly OneClaim[];
	/**
	How many connections there are to be.
	*/
	readonly lanes: number;
	/**
	As `Timing` has it, and 4 MiB if not given.
	*/
	readonly smallestChunk?: number;
	/**
	What a good connection to this file brings; 0 while not known.
	*/
	readonly bestBytesPerSecond?: number;
};

type Division = Pick<RangeState<Claim>, 'lanes' | 'smallestChunk'>;

/**
How many connections make sense for so many bytes, if so many are allowed. One that brings less than two chunks is not worth its handshakes.
*/
export function usefulLanes(missingBytes: number, allowed: number, smallestChunk = usualSmallestChunk): number {
	return Math.max(1, Math.min(allowed, Math.floor(missingBytes / (2 * smallestChunk))));
}

/**
The range that the next free connection takes; undefined where there is nothing for it.

Ranges are handed out in order, so that the hash can follow, in chunks that get smaller towards the end, so that all connections end together. When nothing is free any more, the claim with the longest time to go is shortened; the rest of one that another connection brings far sooner is taken from it.
*/
export function planRange<OneClaim extends Claim>(state: RangeState<OneClaim>): RangePlan<OneClaim> | undefined {
	const free = subtractRanges(state.missing, normalizeRanges(state.claims));
	const [first] = free;
	return first === undefined ? planSplit(state) ?? planRelief(state) : {range: {start: first.start, end: cut(first, totalBytes(free), state)}};
}

/**
Where a connection that takes from the start of a free range stops.
*/
function cut({start, end}: ByteRange, freeBytes: number, division: Division): number {
	if (division.lanes === 1) {
		return end;
	}

	const chunk = chunkBytes(freeBytes, division);
	// What would be left over is too little for another.
	return end - start <= Math.min(largestChunk, chunk * 1.5) ? end : start + chunk;
}

/**
Half of an equal share of what is left.
*/
function chunkBytes(freeBytes: number, {lanes, smallestChunk = usualSmallestChunk}: Division): number {
	const share = Math.ceil(freeBytes / lanes / 2 / roundness) * roundness;
	return Math.min(largestChunk, Math.max(smallestChunk, share));
}

function planSplit<OneClaim extends Claim>(state: RangeState<OneClaim>): RangePlan<OneClaim> | undefined {
	const {claims, smallestChunk = usualSmallestChunk} = state;
	const rates = claims.map(({bytesPerSecond}) => bytesPerSecond).filter(rate => rate !== undefined);
	// One that has brought nothing yet is taken for as fast as the others; where nobody knows, the longest is the slowest.
	const usual = rates.length === 0 ? undefined : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
	const candidates = claims
		.map(claim => ({claim, left: claim.end - claim.position, seconds: (claim.end - claim.position) / Math.max(1, claim.bytesPerSecond ?? usual ?? 1)}))
		.filter(({left, seconds}) => left >= smallestChunk && seconds >= worthwhileSeconds)
		.toSorted((one, other) => other.seconds - one.seconds);
	const [slowest] = candidates;
	if (slowest === undefined) {
		return undefined;
	}

	const {claim, left} = slowest;
	// Of a long one, the next chunks are freed in order rather than the far half.
	const kept = Math.min(Math.ceil(left / 2), chunkBytes(left, state));
	const end = claim.position + kept;
	const freed = {start: end, end: claim.end};
	return {range: {start: end, end: cut(freed, left - kept, state)}, shortened: {claim, end}};
}

function planRelief<OneClaim extends Claim>({claims, bestBytesPerSecond = 0}: RangeState<OneClaim>): RangePlan<OneClaim> | undefined {
	const claim = claims.find(({position, end, bytesPerSecond = 0, isSettled}) => {
		const left = end - position;
		return isSettled && left > 0 && left / Math.max(1, bytesPerSecond) > reliefSeconds + (left / bestBytesPerSecond * reliefFactor);
	});
	return claim && {range: {start: claim.position, end: claim.end}, shortened: {claim, end: claim.position}};
}
