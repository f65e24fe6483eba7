/**
The value below which the given share (0 to 1) of the values lies, interpolated.
*/
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	const position = (sorted.length - 1) * share;
	const lower = Math.floor(position);
	const upper = Math.min(lower + 1, sorted.length - 1);
	return sorted[lower]! + ((sorted[upper]! - sorted[lower]!) * (position - lower));
}

export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}
