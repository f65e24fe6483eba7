import {setTimeout as delay} from 'node:timers/promises';

/**
What closes at once, and how many milliseconds it is waited for.
*/
export type ClosingStep = {
	readonly limit: number;
	readonly closers: ReadonlyArray<() => Promise<void>>;
};

/**
Closes step after step. What fails or hangs keeps nothing else from being closed.

@throws The first error, once every step is through.
*/
export async function closeInSteps(steps: readonly ClosingStep[]): Promise<void> {
	const failures: unknown[] = [];
	const close = async (closer: () => Promise<void>) => {
		try {
			await closer();
		} catch (error) {
			failures.push(error);
		}
	};

	for (const {limit, closers} of steps) {
		const timer = new AbortController();
		const all = Promise.all(closers.map(async closer => close(closer)));
		// What comes later needs what came before.
		// eslint-disable-next-line no-await-in-loop
		await Promise.race([all, delay(limit, undefined, {signal: timer.signal})]);
		timer.abort();
	}

	if (failures.length > 0) {
		throw failures[0];
	}
}
