import {type Abortable} from '../../../types/abortable.js';

export type TokenBucket = {
	/**
	Takes tokens for bytes that came in. Undefined when there are enough, or no cap; else a promise that resolves once there are, first come first served. Aborting rejects it.
	*/
	readonly take: (bytes: number, options: Abortable) => Promise<void> | undefined;
};

type Taker = {
	readonly bytes: number;
	readonly serve: () => void;
};

// What a line that was idle may catch up on at once.
const burstSeconds = 0.25;
// The rate may change while takers wait, and nobody tells.
const longestNap = 100;

/**
A cap on a rate: tokens come in at `rate` bytes per second, which is asked again and again; undefined or 0 is no cap.

Takers pay for all their bytes before they go on, so that over any time no more than `rate × time` goes through, and what a quarter of a second brings.
*/
export function createTokenBucket({rate, now = () => performance.now()}: {
	readonly rate: () => number | undefined;
	/**
	Milliseconds of a clock that never jumps.
	*/
	readonly now?: () => number;
}): TokenBucket {
	const takers = new Set<Taker>();
	let tokens = 0;
	let filledAt = now();
	let timer: NodeJS.Timeout | undefined;

	/**
	Counts what has come in since; the rate, where there is a cap.
	*/
	function fill(): number | undefined {
		const current = rate();
		const time = now();
		const seconds = Math.max(0, time - filledAt) / 1000;
		filledAt = time;
		if (current === undefined || current <= 0) {
			tokens = 0;
			return undefined;
		}

		const [first] = takers;
		// For one who asks for more than a burst they gather until there are enough.
		tokens = Math.min(tokens + (seconds * current), Math.max(burstSeconds * current, first?.bytes ?? 0));
		return current;
	}

	function serve(): void {
		clearTimeout(timer);
		timer = undefined;
		const current = fill();
		for (const taker of takers) {
			if (current !== undefined && tokens < taker.bytes) {
				timer = setTimeout(serve, Math.min(longestNap, Math.ceil((taker.bytes - tokens) / current * 1000)));
				return;
			}

			if (current !== undefined) {
				tokens -= taker.bytes;
			}

			takers.delete(taker);
			taker.serve();
		}
	}

	async function wait(bytes: number, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const taker = {bytes, serve: resolve};
		const leave = () => {
			takers.delete(taker);
			reject(signal.reason as Error);
			// Whoever stood behind may be next.
			serve();
		};

		takers.add(taker);
		signal.addEventListener('abort', leave, {once: true});
		if (timer === undefined) {
			serve();
		}

		try {
			await promise;
		} finally {
			signal.removeEventListener('abort', leave);
		}
	}

	return {
		// eslint-disable-next-line @typescript-eslint/promise-function-async -- most calls have nothing to wait for, and must cost nothing
		take(bytes, {signal}) {
			const current = fill();
			if (current === undefined && takers.size === 0) {
				return undefined;
			}

			if (takers.size === 0 && tokens >= bytes) {
				tokens -= bytes;
				return undefined;
			}

			return wait(bytes, signal);
		},
	};
}
