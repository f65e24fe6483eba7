import {type InstalledModel} from '../../types/installed-model.js';

/**
The record of what is installed: one Keyv record per model. Errors of the database are those of the storage.
*/
export type Manifest = {
	/**
	Newest first.
	*/
	readonly list: () => Promise<readonly InstalledModel[]>;
	readonly get: (id: string) => Promise<InstalledModel | undefined>;
	/**
	Resolves once the record is on disk.
	*/
	readonly put: (model: InstalledModel) => Promise<void>;
	/**
	Changes one record without losing what another process changes meanwhile; nothing happens when there is none.
	*/
	readonly update: (id: string, change: (model: InstalledModel) => InstalledModel) => Promise<void>;
	readonly delete: (id: string) => Promise<void>;
};
