export type LaneRate = {
	/**
	Counts bytes that came in.
	*/
	readonly add: (bytes: number) => void;
	/**
	Looks at what came in since the last look; `now` in milliseconds.
	*/
	readonly sample: (now: number) => void;
	/**
	Smoothed over about a second; undefined before the first look that saw something.
	*/
	readonly bytesPerSecond: () => number | undefined;
	/**
	Forgets all, for one that did nothing for a while: what it brought before says little.
	*/
	readonly restart: (now: number) => void;
};

const smoothingMilliseconds = 1000;

/**
How fast one connection is.
*/
export function createLaneRate(start: number): LaneRate {
	let bytes = 0;
	let sampledAt = start;
	let rate: number | undefined;
	return {
		add(more) {
			bytes += more;
		},
		sample(now) {
			const milliseconds = now - sampledAt;
			if (milliseconds <= 0) {
				return;
			}

			const current = bytes / milliseconds * 1000;
			const weight = 1 - Math.exp(-milliseconds / smoothingMilliseconds);
			rate = rate === undefined ? (bytes === 0 ? undefined : current) : rate + ((current - rate) * weight);
			bytes = 0;
			sampledAt = now;
		},
		bytesPerSecond: () => rate,
		restart(now) {
			bytes = 0;
			sampledAt = now;
			rate = undefined;
		},
	};
}
