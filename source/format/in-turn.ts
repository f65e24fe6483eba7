/**
A comparison, and the next one where it finds no difference.
*/
export function inTurn(first: number, next: () => number): number {
	return first === 0 ? next() : first;
}
