import {type Hasher} from '../hash/hasher.js';
import {type FileIdentity} from './file-identity.js';

export type PartialFileOptions = {
	/**
	Folder of the download; made if it is not there, below a models folder that is.
	*/
	readonly folder: string;
	/**
	Position of the file in the download.
	*/
	readonly index: number;
	readonly identity: FileIdentity;
	/**
	Milliseconds that the journal may be behind.
	*/
	readonly journalAge: number;
	readonly hasher: Hasher;
	/**
	Told the bytes on disk, whenever there are more (or fewer, when some were thrown away).
	*/
	readonly onProgress: (receivedBytes: number) => void;
	/**
	Aborted once the folder is another process's. From then on nothing is written, and what is in memory is dropped.
	*/
	readonly lost: AbortSignal;
};
