/**
A rate; 0 where no time passed, because infinity has no place in JSON.
*/
export function perSecond(count: number, milliseconds: number): number {
	return milliseconds > 0 ? 1000 * count / milliseconds : 0;
}
