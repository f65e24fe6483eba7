import {type DownloadSegment} from '../../../../types/download.js';
import {normalizeRanges, subtractRanges, type ByteRange} from '../../partial/byte-ranges.js';

const maximumSegments = 64;

export type SegmentClaim = ByteRange & {
	readonly position: number;
	/**
	Of the host that sends it; undefined before it does.
	*/
	readonly host: string | undefined;
};

/**
What is there of a file and what is under way, by position. Where there are more than 64, neighbours are told as one, those with the smallest gaps between them first.
*/
export function describeSegments(written: readonly ByteRange[], claims: readonly SegmentClaim[]): readonly DownloadSegment[] {
	const underWay = claims.map(({start, position, end, host}) => ({
		start, received: position, end, ...(host !== undefined && {host}),
	}));
	const there = subtractRanges(written, normalizeRanges(claims)).map(({start, end}) => ({start, received: end, end}));
	return merge([...there, ...underWay].toSorted((one, other) => one.start - other.start));
}

function merge(segments: readonly DownloadSegment[]): readonly DownloadSegment[] {
	const merged = [...segments];
	while (merged.length > maximumSegments) {
		const index = bestMerge(merged);
		merged.splice(index, 2, join(merged[index]!, merged[index + 1]!));
	}

	return merged;
}

/**
Position of the segment that is best told together with the next one: rather not one that a connection is at.
*/
function bestMerge(segments: readonly DownloadSegment[]): number {
	let best = 0;
	let lowest = Infinity;
	for (let index = 0; index + 1 < segments.length; index++) {
		const [one, other] = [segments[index]!, segments[index + 1]!];
		const isBusy = one.host !== undefined || other.host !== undefined;
		const cost = (other.start - one.end) + (isBusy ? Number.MAX_SAFE_INTEGER / 2 : 0);
		if (!(cost < lowest)) {
			continue;
		}

		lowest = cost;
		best = index;
	}

	return best;
}

function join(one: DownloadSegment, other: DownloadSegment): DownloadSegment {
	const host = one.host ?? other.host;
	const bytes = one.received - one.start + other.received - other.start;
	return {
		start: one.start, received: one.start + bytes, end: other.end, ...(host !== undefined && {host}),
	};
}
