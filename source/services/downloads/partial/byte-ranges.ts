/**
Bytes of a file from `start` to before `end`.
*/
export type ByteRange = {
	readonly start: number;
	readonly end: number;
};

// Functions over lists of ranges that are sorted, not empty, and neither overlap nor touch. All but `normalizeRanges` expect such lists and return such lists.

/**
The same bytes as any ranges, in any order, as a list in order.
*/
export function normalizeRanges(ranges: readonly ByteRange[]): readonly ByteRange[] {
	const result: ByteRange[] = [];
	for (const {start, end} of ranges.toSorted((left, right) => left.start - right.start)) {
		if (start >= end) {
			continue;
		}

		const last = result.at(-1);
		if (last !== undefined && start <= last.end) {
			result[result.length - 1] = {start: last.start, end: Math.max(last.end, end)};
		} else {
			result.push({start, end});
		}
	}

	return result;
}

export function addRange(ranges: readonly ByteRange[], {start, end}: ByteRange): readonly ByteRange[] {
	if (start >= end) {
		return ranges;
	}

	const before = ranges.findLastIndex(range => range.end < start) + 1;
	const behind = ranges.findIndex(range => range.start > end);
	const after = behind === -1 ? ranges.length : behind;
	const joined = {
		start: Math.min(start, ranges[before]?.start ?? start),
		end: Math.max(end, ranges[after - 1]?.end ?? end),
	};
	return [...ranges.slice(0, before), joined, ...ranges.slice(after)];
}

/**
What of `ranges` is not in `removed`.
*/
export function subtractRanges(ranges: readonly ByteRange[], removed: readonly ByteRange[]): readonly ByteRange[] {
	const result: ByteRange[] = [];
	let next = 0;
	for (const {start, end} of ranges) {
		let from = start;
		while (next < removed.length && removed[next]!.end <= from) {
			next++;
		}

		for (let index = next; index < removed.length && removed[index]!.start < end; index++) {
			if (removed[index]!.start > from) {
				result.push({start: from, end: removed[index]!.start});
			}

			from = removed[index]!.end;
		}

		if (from < end) {
			result.push({start: from, end});
		}
	}

	return result;
}

export function intersectRanges(left: readonly ByteRange[], right: readonly ByteRange[]): readonly ByteRange[] {
	return subtractRanges(left, subtractRanges(left, right));
}

/**
What of a file of that size is in none of the ranges.
*/
export function complementOf(ranges: readonly ByteRange[], sizeBytes: number): readonly ByteRange[] {
	return subtractRanges(sizeBytes > 0 ? [{start: 0, end: sizeBytes}] : [], ranges);
}

export function totalBytes(ranges: readonly ByteRange[]): number {
	return ranges.reduce((sum, {start, end}) => sum + end - start, 0);
}

/**
How far they reach from the start of the file without a gap.
*/
export function prefixBytes(ranges: readonly ByteRange[]): number {
	const [first] = ranges;
	return first?.start === 0 ? first.end : 0;
}
