import {setTimeout} from 'node:timers/promises';
import {RemudaError} from '../../errors/remuda-error.js';

/**
Milliseconds that SQLite itself waits for another process's write to end. Nothing else runs meanwhile, neither keys nor frames, so it is short.
*/
export const busyTimeoutMs = 50;

/**
Milliseconds after which a lock is an error.
*/
const patienceMs = 10_000;

/**
Milliseconds between two tries, in which everything else runs.
*/
const pauseMs = 25;

/**
Tries again as long as another process keeps the database locked. A call that met a lock has changed nothing.
*/
export async function whileBusy<Result>(call: () => Promise<Result>): Promise<Result> {
	const deadline = performance.now() + patienceMs;
	for (;;) {
		try {
			// eslint-disable-next-line no-await-in-loop -- A try begins when the one before has failed.
			return await call();
		} catch (error) {
			const isBusy = error instanceof RemudaError && error.code === 'database_busy';
			if (!isBusy || performance.now() > deadline) {
				throw error;
			}
		}

		// eslint-disable-next-line no-await-in-loop -- Not all who wait shall come back at once.
		await setTimeout(pauseMs * (1 + Math.random()));
	}
}
