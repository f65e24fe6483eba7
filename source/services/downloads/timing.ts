/**
How patient a transfer is, in milliseconds, and how finely it divides a file.
*/
export type Timing = {
	/**
	A connection that brings nearly nothing for this long is given up.
	*/
	readonly stall: number;
	/**
	Wait before the first retry; it doubles with each.
	*/
	readonly retryBase: number;
	/**
	Longest wait that a server may ask for before the download fails instead.
	*/
	readonly longestWait: number;
	/**
	How long received bytes may stay in memory, and how old a journal may get.
	*/
	readonly flush: number;
	readonly journal: number;
	/**
	Age at which a partial file that nobody works on is deleted.
	*/
	readonly stalePartial: number;
	/**
	Bytes that a connection is asked for at least, where there are so many. Twice of it has to be missing for each connection: what brings less is not worth its handshakes.
	*/
	readonly smallestChunk: number;
};

export const defaultTiming: Timing = {
	stall: 30_000,
	retryBase: 1000,
	longestWait: 600_000,
	flush: 200,
	journal: 1000,
	stalePartial: 86_400_000,
	smallestChunk: 4_194_304,
};
