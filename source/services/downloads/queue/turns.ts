export type Turns = {
	/**
	Runs once all that came before has ended, in whatever way.
	*/
	readonly inTurn: <Result>(run: () => Promise<Result>) => Promise<Result>;
	/**
	Resolves once all that came so far has ended.
	*/
	readonly idle: () => Promise<void>;
};

/**
One after another.
*/
export function createTurns(): Turns {
	let last: Promise<unknown> = Promise.resolve();
	return {
		async inTurn(run) {
			const result = last.then(run);
			last = result.catch(() => undefined);
			return result;
		},
		async idle() {
			await last;
		},
	};
}
