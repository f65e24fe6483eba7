const smoothingSeconds = 4;
const shortestSampleSeconds = 0.25;
// Before that a rate says more about the connection's start than about the line.
const settlingSeconds = 1;
// Longer than a connection takes to be opened anew.
const patienceSeconds = 5;

export type RateMeter = {
	/**
	Counts bytes that came in.
	*/
	readonly add: (bytes: number) => void;
	/**
	Smoothed bytes per second at `now` (milliseconds of a clock that never jumps); undefined while not known.
	*/
	readonly sample: (now: number) => number | undefined;
	/**
	Whether something has come in lately, as of the last samples.
	*/
	readonly isFlowing: (now: number) => boolean;
};

/**
An exponentially weighted mean over time: a sample of length dt counts `1 − exp(−dt/τ)`, with τ = 4 s. Divided by the weight that has come together since the start, so that it is not too low at first.
*/
export function createRateMeter(start: number): RateMeter {
	let pending = 0;
	let sampledAt = start;
	let mean = 0;
	let weight = 0;
	let flowedAt = -Infinity;
	return {
		add(bytes) {
			pending += bytes;
		},
		sample(now) {
			const seconds = (now - sampledAt) / 1000;
			if (pending > 0) {
				flowedAt = now;
			}

			if (seconds >= shortestSampleSeconds) {
				const share = 1 - Math.exp(-seconds / smoothingSeconds);
				mean += ((pending / seconds) - mean) * share;
				weight += (1 - weight) * share;
				pending = 0;
				sampledAt = now;
			}

			return now - start >= settlingSeconds * 1000 && weight > 0 ? mean / weight : undefined;
		},
		isFlowing: now => now - flowedAt < patienceSeconds * 1000,
	};
}

/**
Seconds until `remainingBytes` are in, rounded up; undefined where the rate does not tell.
*/
export function timeLeft(remainingBytes: number, bytesPerSecond: number | undefined): number | undefined {
	if (bytesPerSecond === undefined || bytesPerSecond < 1) {
		return undefined;
	}

	const seconds = Math.ceil(remainingBytes / bytesPerSecond);
	// A month means that nothing moves.
	return seconds > 30 * 86_400 ? undefined : seconds;
}
