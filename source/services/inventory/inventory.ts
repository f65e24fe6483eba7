import {type Abortable} from '../../types/abortable.js';
import {type CacheUsage, type PrunePlan, type VerifyResult} from '../../types/cache.js';
import {type InstalledModel} from '../../types/installed-model.js';

/**
Everything usable on this machine, and what keeps its disk in order.
*/
export type Inventory = {
	/**
	The starter model and all of the manifest.
	*/
	readonly list: () => Promise<readonly InstalledModel[]>;
	/**
	By id, reference or path. A path may also be that of a model file which is not installed: it is described, and used in place.
	@throws NotFoundError `model_not_installed` with the installed ids in its hint, UsageError `ambiguous_reference`.
	*/
	readonly find: (idOrReference: string) => Promise<InstalledModel>;
	/**
	Counts one use, now. A model that has no record is not counted.
	*/
	readonly touch: (id: string) => Promise<void>;
	readonly usage: () => Promise<CacheUsage>;
	/**
	Removes the files and the record; the bytes it freed. Files that another model uses stay.
	@throws UsageError `starter_is_built_in`, NotFoundError `model_not_installed`, IntegrityError `outside_models_folder`, AccessError `models_unwritable`.
	*/
	readonly remove: (id: string) => Promise<number>;
	/**
	Removes every installed model; the bytes it freed.
	*/
	readonly clear: () => Promise<number>;
	/**
	Removes partial files that no download of the queue needs any more; the bytes it freed.
	*/
	readonly clean: () => Promise<number>;
	/**
	Hashes the files anew; `onProgress` is told bytes done and in all, for every megabyte.
	@throws NotFoundError `model_not_installed`, AccessError `file_unreadable`.
	*/
	readonly verify: (id: string, options: Abortable & {
		readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
	}) => Promise<VerifyResult>;
	/**
	What would have to go for the models to take at most `limitBytes`. The starter model never has to.
	@throws UsageError `invalid_limit`.
	*/
	readonly planPrune: (limitBytes: number) => Promise<PrunePlan>;
	/**
	What would have to go to free so many bytes, least recently used first and no more than needed. Where all would not be enough, `freedBytes` is less than asked for.
	*/
	readonly planRoom: (bytes: number) => Promise<PrunePlan>;
	readonly prune: (plan: PrunePlan) => Promise<number>;
};
