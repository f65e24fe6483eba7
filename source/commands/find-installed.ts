import {NotFoundError} from '../errors/not-found-error.js';
import {parseModelReference} from '../services/references/parse-model-reference.js';
import {type Inventory} from '../services/inventory/inventory.js';
import {type InstalledModel} from '../types/installed-model.js';

/**
The installed model that a reference names, if there is one. A whole repository names none: it may have more variants than the installed ones.
*/
export async function findInstalled(inventory: Inventory, text: string): Promise<InstalledModel | undefined> {
	const reference = parseModelReference(text);
	if (reference.kind === 'hugging-face' && reference.quantization === undefined && reference.filePath === undefined) {
		return undefined;
	}

	try {
		return await inventory.find(text);
	} catch (error) {
		if (error instanceof NotFoundError) {
			return undefined;
		}

		throw error;
	}
}
