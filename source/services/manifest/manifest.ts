import {type InstalledModel} from '../../types/installed-model.js';

/**
The record of what is installed: one Keyv record per model.
*/
export type Manifest = {
	/**
	Newest first.
	*/
	readonly list: () => Promise<readonly InstalledModel[]>;
	readonly get: (id: string) => Promise<InstalledModel | undefined>;
	/**
	@throws RemudaError `manifest_unwritable` when the database did not take it.
	*/
	readonly put: (model: InstalledModel) => Promise<void>;
	readonly delete: (id: string) => Promise<void>;
};
