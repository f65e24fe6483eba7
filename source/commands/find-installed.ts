import {NotFoundError} from '../errors/not-found-error.js';
import {type Inventory} from '../services/inventory/inventory.js';
import {type InstalledModel} from '../types/installed-model.js';

/**
The installed model that a reference names, if there is one.
*/
export async function findInstalled(inventory: Inventory, reference: string): Promise<InstalledModel | undefined> {
	try {
		return await inventory.find(reference);
	} catch (error) {
		if (error instanceof NotFoundError) {
			return undefined;
		}

		throw error;
	}
}
