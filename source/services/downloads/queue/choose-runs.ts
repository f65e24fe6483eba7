/**
A download that could run, or does.
*/
export type Candidate = {
	readonly id: string;
	readonly isRunning: boolean;
	/**
	Whether it makes sure of its bytes: it needs no line, and ends soon.
	*/
	readonly isVerifying: boolean;
	/**
	Whether its time has not come, or another process has it.
	*/
	readonly mustWait: boolean;
};

export type Choice = {
	/**
	To be begun, the first one first.
	*/
	readonly begin: readonly string[];
	/**
	To give their places up.
	*/
	readonly yield: readonly string[];
};

/**
Which downloads should run: the first `limit` of those that may, whatever runs now. One that verifies is left to end. The candidates are in the order they are worked through; none is being stopped. Those that are (`stopping` counts them) keep their places until they have.
*/
export function chooseRuns(candidates: readonly Candidate[], {limit, stopping}: {readonly limit: number; readonly stopping: number}): Choice {
	const kept = candidates.filter(({isRunning, isVerifying}) => isRunning && isVerifying);
	const others = candidates.filter(candidate => !kept.includes(candidate) && !candidate.mustWait);
	const first = new Set(others.slice(0, Math.max(0, limit - kept.length)));
	const yielding = candidates.filter(candidate => candidate.isRunning && !kept.includes(candidate) && !first.has(candidate));
	const running = candidates.filter(({isRunning}) => isRunning);
	const room = Math.max(0, limit - running.length - stopping);
	return {
		begin: [...first].filter(({isRunning}) => !isRunning).slice(0, room).map(({id}) => id),
		yield: yielding.map(({id}) => id),
	};
}
