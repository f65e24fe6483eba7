/**
Runs what it is given, at most `count` at once; the rest waits, first come first served.
*/
export function createLimit(count: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
	const waiting: Array<() => void> = [];
	let free = count;
	return async work => {
		if (free > 0) {
			free--;
		} else {
			const {promise, resolve} = Promise.withResolvers<void>();
			waiting.push(resolve);
			await promise;
		}

		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next === undefined) {
				free++;
			} else {
				next();
			}
		}
	};
}
