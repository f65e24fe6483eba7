// What the main thread and the thread that hashes tell each other.

/**
What the main thread asks for. `id` names a file; a `call` is answered by its number.
*/
export type HashRequest =
	| {
		readonly type: 'follow';
		readonly id: number;
		readonly path: string;
		readonly gitSize?: number;
		/**
		Shared by both threads, by `progressSlots`.
		*/
		readonly progress: BigInt64Array<SharedArrayBuffer>;
	}
	/**
	There is more of a file that had been hashed as far as it went.
	*/
	| {readonly type: 'wake'; readonly id: number}
	| {readonly type: 'digest'; readonly id: number; readonly call: number}
	| {readonly type: 'close'; readonly id: number; readonly call: number};

export type HashFailure = {
	/**
	The file ended before the bytes that are said to be there.
	*/
	readonly isShort: boolean;
	readonly message: string;
	/**
	Of the system call that failed.
	*/
	readonly code?: string;
	readonly syscall?: string;
};

export type HashReply = {
	readonly call: number;
	readonly sha256?: string;
	readonly gitSha1?: string;
	readonly failure?: HashFailure;
};
