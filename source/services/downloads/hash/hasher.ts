import {type Abortable} from '../../../types/abortable.js';

export type Digests = {
	/**
	Lower-case hex.
	*/
	readonly sha256: string;
	/**
	As git names a blob of these bytes.
	*/
	readonly gitSha1?: string;
};

/**
The hash of a file that grows from its start, kept up behind what is written.
*/
export type FollowingHash = {
	/**
	Bytes hashed so far, from the start.
	*/
	readonly position: number;
	/**
	The file has this many bytes from its start, which do not change any more.
	*/
	readonly available: (prefixBytes: number) => void;
	/**
	The digests of all that is available; may be asked for more than once.
	@throws RemudaError `partial_lost` where the file is gone or shorter, `hashing_failed`; the error of a failed read.
	*/
	readonly digest: (options: Abortable) => Promise<Digests>;
	/**
	Stops reading; resolves once the file is not touched any more.
	*/
	readonly close: () => Promise<void>;
};

/**
Hashes any number of files at once, away from the thread that serves the network.
*/
export type Hasher = {
	/**
	`gitSize` is the size of the file where git's own hash is wanted too, which needs it beforehand.
	*/
	readonly follow: (path: string, options?: {readonly gitSize?: number}) => FollowingHash;
	/**
	Ends everything that goes on; a digest that is waited for fails.
	*/
	readonly close: () => Promise<void>;
};
