import {setTimeout as wait} from 'node:timers/promises';

export type Throttle = {
	/**
	Resolves when `bytes` may be sent.
	*/
	readonly take: (bytes: number, signal: AbortSignal) => Promise<void>;
	/**
	Undefined lets everything through.
	*/
	readonly setRate: (bytesPerSecond: number | undefined) => void;
	readonly rate: () => number | undefined;
};

/**
Spaces out what is sent so that the rate is kept on average; shared by all who take from it.
*/
export function createThrottle(bytesPerSecond?: number): Throttle {
	let rate = bytesPerSecond;
	let freeAt = 0;
	return {
		async take(bytes, signal) {
			if (rate === undefined) {
				return;
			}

			const now = performance.now();
			const start = Math.max(now, freeAt);
			freeAt = start + (bytes / rate * 1000);
			if (start > now) {
				await wait(start - now, undefined, {signal});
			}
		},
		setRate(value) {
			rate = value;
			freeAt = 0;
		},
		rate: () => rate,
	};
}
