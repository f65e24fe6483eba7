/**
Numbers from 0 to 1 that follow from a seed (mulberry32), so that a failure can be had again.
*/
export function createRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6D_2B_79_F5) % 0x1_00_00_00_00;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1); // eslint-disable-line no-bitwise -- that is how it mixes
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61); // eslint-disable-line no-bitwise -- the same
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_00_00_00_00; // eslint-disable-line no-bitwise -- the same
	};
}
