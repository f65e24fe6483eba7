// The cache is allocated in steps of so many tokens.
const step = 256;

/**
The largest context up to `upTo` that fits, as a whole step where it is less than all; 0 where none does. What fits with more tokens must fit with fewer.
*/
export function largestContext(upTo: number, hasRoom: (contextSize: number) => boolean): number {
	if (hasRoom(upTo)) {
		return upTo;
	}

	let fitting = 0;
	let failing = Math.ceil(upTo / step);
	while (failing - fitting > 1) {
		const middle = Math.floor((fitting + failing) / 2);
		if (hasRoom(middle * step)) {
			fitting = middle;
		} else {
			failing = middle;
		}
	}

	return fitting * step;
}
