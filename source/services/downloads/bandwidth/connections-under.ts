// A piece of 64 KiB, twice a second.
const bytesPerSecondOfOne = 131_072;

/**
How many connections of those allowed are worth having under the tightest of some caps (bytes per second; undefined or 0 is none). What each has received is paid for only afterwards, so that many under a low cap would come in gusts.
*/
export function connectionsUnder(allowed: number, caps: ReadonlyArray<number | undefined>): number {
	const cap = Math.min(...caps.filter((rate): rate is number => rate !== undefined && rate > 0));
	return Math.max(1, Math.min(allowed, Math.ceil(cap / bytesPerSecondOfOne)));
}
