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
	Waits before a download that the network failed is tried again, each time without progress; the last one holds from then on.
	*/
	readonly againAfter: readonly number[];
	/**
	How much of such waiting without progress there is before the download fails.
	*/
	readonly againFor: number;
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
	againAfter: [30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000],
	againFor: 86_400_000,
	flush: 200,
	journal: 1000,
	stalePartial: 86_400_000,
	smallestChunk: 4_194_304,
};
