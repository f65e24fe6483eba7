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
	How long servers may have a download wait, without a byte in between, before it fails instead.
	*/
	readonly longestWait: number;
	/**
	How long received bytes may stay in memory, and how old a journal may get.
	*/
	readonly flush: number;
	readonly journal: number;
	/**
	Age at which a folder of partial files that nothing vouches for is deleted.
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
	longestWait: 3_600_000,
	flush: 200,
	journal: 1000,
	stalePartial: 86_400_000,
	smallestChunk: 4_194_304,
};
