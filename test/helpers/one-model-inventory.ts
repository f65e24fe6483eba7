import {NotFoundError} from '../../source/errors/not-found-error.js';
import {type Inventory} from '../../source/services/inventory/inventory.js';
import {type InstalledModel} from '../../source/types/installed-model.js';

/**
An inventory that holds one model, and notes each use of it.
*/
export function oneModelInventory(model: InstalledModel): Pick<Inventory, 'find' | 'touch'> & {readonly uses: readonly string[]} {
	const uses: string[] = [];
	return {
		uses,
		async find(id) {
			if (id !== model.id) {
				throw new NotFoundError(`${id} is not installed.`, {code: 'model_not_installed'});
			}

			return model;
		},
		async touch(id) {
			uses.push(id);
		},
	};
}
