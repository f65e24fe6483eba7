import {type InstalledModel} from './installed-model.js';

/**
Bytes on the volume that holds the models folder.
*/
export type CacheUsage = {
	readonly path: string;
	readonly modelCount: number;
	readonly modelBytes: number;
	readonly partialCount: number;
	readonly partialBytes: number;
	readonly diskTotalBytes: number;
	readonly diskFreeBytes: number;
};

/**
What a prune would remove, least recently used first; nothing happens until it is carried out.
*/
export type PrunePlan = {
	readonly limitBytes: number;
	readonly remove: readonly InstalledModel[];
	readonly freedBytes: number;
	readonly keptBytes: number;
};

export type VerifyResult = {
	readonly id: string;
	readonly status: 'ok' | 'missing' | 'changed';
	/**
	The first file that is missing or differs.
	*/
	readonly path?: string;
	/**
	Its checksum, or its length in bytes where that differs already.
	*/
	readonly expected?: string;
	readonly actual?: string;
};
