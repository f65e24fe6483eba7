/**
What was found once, as long as it is complete; what is incomplete, because a tool was late on a cold disk for example, is looked for again when somebody asks after a minute. Those who ask meanwhile share one search.
*/
export function keepComplete<Value>(find: () => Promise<Value>, isComplete: (value: Value) => boolean, {againAfterMs = 60_000}: {readonly againAfterMs?: number} = {}): () => Promise<Value> {
	let found: Promise<Value> | undefined;
	let expiresAt = Infinity;
	const search = async (): Promise<Value> => {
		expiresAt = Infinity;
		const value = await find();
		expiresAt = isComplete(value) ? Infinity : performance.now() + againAfterMs;
		return value;
	};

	return async () => {
		if (found === undefined || performance.now() >= expiresAt) {
			found = search();
		}

		return found;
	};
}
