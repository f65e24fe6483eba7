import {type Abortable} from '../../types/abortable.js';

export type Turns = {
	/**
	Runs once all that was asked for before has ended, in whatever way. Aborting while it waits rejects with the signal's reason; once the work runs, only the work itself looks at the signal.
	*/
	readonly inTurn: <Result>(work: () => Promise<Result>, options?: Partial<Abortable>) => Promise<Result>;
	/**
	Resolves once all that was asked for so far has ended.
	*/
	readonly idle: () => Promise<void>;
};

/**
One piece of work at a time, in the order of asking.
*/
export function createTurns(): Turns {
	// Never rejects.
	let last: Promise<unknown> = Promise.resolve();
	return {
		async inTurn(work, {signal} = {}) {
			const before = last;
			const own = Promise.withResolvers<void>();
			// Who gives up waiting must not let the next one in before its turn.
			last = Promise.all([before, own.promise]);
			try {
				await (signal ? settledOrAborted(before, signal) : before);
				return await work();
			} finally {
				own.resolve();
			}
		},
		async idle() {
			await last;
		},
	};
}

async function settledOrAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	const aborted = Promise.withResolvers<never>();
	const onAbort = () => {
		aborted.reject(signal.reason);
	};

	signal.addEventListener('abort', onAbort);
	try {
		await Promise.race([promise, aborted.promise]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
