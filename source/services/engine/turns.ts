/**
Runs one piece of work at a time, in the order of asking.
*/
export type Turns = <Result>(signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>;

/**
Aborting while it waits rejects with the signal's reason; once the work runs, only the work itself looks at the signal.
*/
export function createTurns(): Turns {
	let previous: Promise<unknown> = Promise.resolve();
	return async (signal, work) => {
		const before = previous;
		const own = Promise.withResolvers<void>();
		previous = Promise.all([before, own.promise]);
		try {
			await settledOrAborted(before, signal);
			return await work();
		} finally {
			own.resolve();
		}
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
