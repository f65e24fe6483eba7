/**
A question to ask before each repetition: true at the first call, and then once `milliseconds` have passed since it last was.
*/
export function createThrottle(milliseconds: number): () => boolean {
	let last = -Infinity;
	return () => {
		const now = performance.now();
		if (now - last < milliseconds) {
			return false;
		}

		last = now;
		return true;
	};
}
