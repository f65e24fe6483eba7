import {rm} from 'node:fs/promises';
import {AccessError} from '../../errors/access-error.js';
import {NotFoundError} from '../../errors/not-found-error.js';
import {UsageError} from '../../errors/usage-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type Paths} from '../config/paths.js';
import {codeOf} from '../config/to-home-error.js';
import {type Manifest} from '../manifest/manifest.js';
import {type Storage} from '../storage/storage.js';
import {cacheUsage, listPartials} from './cache-usage.js';
import {findModel} from './find-model.js';
import {folderSize} from './folder-size.js';
import {type Inventory} from './inventory.js';
import {planPrune} from './plan-prune.js';
import {planRoom} from './plan-room.js';
import {removeFiles} from './remove-files.js';
import {
	describeStarter,
	starterId,
	useSchema,
	type Use,
} from './starter-model.js';
import {verifyFiles} from './verify-files.js';

export type InventoryOptions = {
	readonly manifest: Manifest;
	readonly storage: Pick<Storage, 'records'>;
	readonly paths: Pick<Paths, 'models' | 'partials' | 'starterModel'>;
	/**
	Whether a download of the queue still needs an entry of the folder of partial files, given by its path.
	*/
	readonly isPartialNeeded: (path: string) => Promise<boolean>;
	/**
	The time of day.
	*/
	readonly clock?: () => Date;
};

/**
The inventory over the manifest, the starter model and the models folder.
*/
export function createInventory({manifest, storage, paths, isPartialNeeded, clock = () => new Date()}: InventoryOptions): Inventory {
	const uses = storage.records<Use>('uses', useSchema);

	async function list(): Promise<readonly InstalledModel[]> {
		const [starter, models] = await Promise.all([describeStarter(paths.starterModel, uses), manifest.list()]);
		return [starter, ...models];
	}

	/**
	The record of a model that may be removed.
	*/
	async function getRemovable(id: string): Promise<InstalledModel> {
		if (id === starterId) {
			throw new UsageError('The starter model is part of Remuda and cannot be removed.', {
				code: 'starter_is_built_in',
				hint: 'It takes 3 MB. Choose another model to free space.',
			});
		}

		const model = await manifest.get(id);
		if (model === undefined) {
			throw new NotFoundError(`${sanitizeLine(id)} is not installed.`, {code: 'model_not_installed', hint: 'remuda list shows what is.'});
		}

		return model;
	}

	/**
	The files first: after a crash in between, the record is still there to do it again.
	*/
	async function remove(id: string): Promise<number> {
		const model = await getRemovable(id);
		const models = await manifest.list();
		const shared = new Set(models.filter(other => other.id !== id).flatMap(other => other.files.map(file => file.path)));
		const freedBytes = await removeFiles(model.files.map(file => file.path).filter(path => !shared.has(path)), paths.models);
		await manifest.delete(id);
		return freedBytes;
	}

	/**
	One that cannot be removed does not keep the others; it is told of at the end.
	*/
	async function removeAll(ids: readonly string[]): Promise<number> {
		const failures: unknown[] = [];
		let freedBytes = 0;
		for (const id of ids) {
			try {
				// eslint-disable-next-line no-await-in-loop -- what two models share goes with the second
				freedBytes += await remove(id);
			} catch (error) {
				failures.push(error);
			}
		}

		if (failures.length > 0) {
			throw failures[0];
		}

		return freedBytes;
	}

	return {
		list,
		find: async idOrReference => findModel(await list(), idOrReference),
		async touch(id) {
			const lastUsed = clock().toISOString();
			if (id === starterId) {
				await uses.update(id, use => ({useCount: (use?.useCount ?? 0) + 1, lastUsed}));
				return;
			}

			await manifest.update(id, model => ({...model, useCount: model.useCount + 1, lastUsed}));
		},
		usage: async () => cacheUsage(await manifest.list(), paths),
		remove,
		async clear() {
			const models = await manifest.list();
			return removeAll(models.map(({id}) => id));
		},
		async clean() {
			const partials = await listPartials(paths.partials);
			const sizes = await Promise.all(partials.map(async partial => await isPartialNeeded(partial) ? 0 : removePartial(partial)));
			return sizes.reduce((sum, size) => sum + size, 0);
		},
		async verify(id, options) {
			const model = id === starterId ? await describeStarter(paths.starterModel, uses) : await getRemovable(id);
			return verifyFiles(model, options);
		},
		planPrune: async limitBytes => planPrune(await manifest.list(), limitBytes),
		planRoom: async bytes => planRoom(await manifest.list(), bytes),
		async prune(plan) {
			const installed = await Promise.all(plan.remove.map(async ({id}) => manifest.get(id)));
			return removeAll(installed.filter(model => model !== undefined).map(({id}) => id));
		},
	};
}

async function removePartial(partial: string): Promise<number> {
	const size = await folderSize(partial);
	try {
		await rm(partial, {recursive: true, force: true, maxRetries: 3});
		return size;
	} catch (error) {
		throw new AccessError(`Remuda could not delete ${sanitizeLine(partial)} (${codeOf(error)}).`, {
			code: 'models_unwritable',
			hint: 'Give yourself permission to write in its folder, then try again.',
			cause: error,
		});
	}
}
