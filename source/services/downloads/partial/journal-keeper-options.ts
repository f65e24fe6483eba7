import {type FileHandle} from 'node:fs/promises';
import {type ByteRange} from './byte-ranges.js';
import {type FileIdentity} from './file-identity.js';
import {type WrittenLog} from './written-log.js';

export type JournalKeeperOptions = {
	/**
	Of the partial file.
	*/
	readonly handle: Pick<FileHandle, 'datasync'>;
	readonly file: string;
	readonly log: WrittenLog;
	readonly identity: FileIdentity;
	/**
	Milliseconds that the journal may be behind.
	*/
	readonly age: number;
	readonly written: () => readonly ByteRange[];
	/**
	Has all but those ranges count as missing from now on.
	*/
	readonly keepOnly: (ranges: readonly ByteRange[]) => void;
	/**
	What the disk had confirmed before.
	*/
	readonly synced: readonly ByteRange[];
	readonly servedEtags: ReadonlyMap<string, string>;
	/**
	Throws if the partial file is not where it should be.
	*/
	readonly requireName: () => Promise<void>;
	/**
	Aborted once the files are another process's.
	*/
	readonly lost: AbortSignal;
};
