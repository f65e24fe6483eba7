import type * as z from 'zod/mini';

/**
The database of everything Remuda remembers. It is opened by the first call that needs it.
*/
export type Storage = {
	readonly path: string;
	/**
	The records of one kind, checked by the schema when read and when written. Ask once per namespace and keep the answer.
	*/
	readonly records: <Value>(namespace: string, schema: z.core.$ZodType<Value>) => Records<Value>;
	/**
	Records met so far that could not be read. They were left out and left alone.
	*/
	readonly brokenRecords: () => readonly BrokenRecord[];
	/**
	Reads the whole database and tells what is wrong with it, one sentence each; empty when it is sound.
	@throws as a record's calls do.
	*/
	readonly check: () => Promise<readonly string[]>;
	/**
	Lets calls in progress end, then closes the file. Later calls fail.
	*/
	readonly close: () => Promise<void>;
};

/**
Keyed records. A promise of a write resolves once the record is on disk.

Every call may throw IntegrityError `database_broken`, UsageError `database_version`, AccessError `home_unwritable`, NoSpaceError `disk_full`, RemudaError `database_busy` or `database_failed`.
*/
export type Records<Value> = {
	/**
	In the order of the keys. Broken records are left out.
	*/
	readonly list: () => Promise<readonly Value[]>;
	/**
	Undefined when there is none, or a broken one.
	*/
	readonly get: (key: string) => Promise<Value | undefined>;
	readonly put: (key: string, value: Value) => Promise<void>;
	/**
	Changes a record so that nothing another process writes meanwhile is lost: `change` is a pure function, called again should the record have changed in between.
	When it gives undefined, the record stays as it is. Resolves with the value that is kept then.
	*/
	readonly update: (key: string, change: (current: Value | undefined) => Value | undefined) => Promise<Value | undefined>;
	/**
	Whether there was one.
	*/
	readonly delete: (key: string) => Promise<boolean>;
};

export type BrokenRecord = {
	readonly namespace: string;
	readonly key: string;
	/**
	What is wrong with it.
	*/
	readonly reason: string;
};
