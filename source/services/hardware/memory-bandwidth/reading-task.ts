/**
What each of the threads that read memory is told.
*/
export type ReadingTask = {
	readonly threads: number;
	/**
	Of each thread's own buffer.
	*/
	readonly bytes: number;
	readonly durationMs: number;
	/**
	Three 32-bit numbers, all 0, by which the threads meet.
	*/
	readonly control: SharedArrayBuffer;
};

/**
When each round began and ended, in nanoseconds of a clock that all threads share; exact enough as numbers for months after the start of the system.
*/
export type ReadingResult = {
	readonly rounds: ReadonlyArray<readonly [start: number, end: number]>;
};
