import {NotFoundError} from '../../errors/not-found-error.js';
import {type Engine} from '../engine/engine.js';
import {type Inventory} from '../inventory/inventory.js';
import {type Provider} from './provider.js';

/**
The engine as a provider: it answers for every model that is installed, loads it when it is not loaded, and counts the use.
*/
export function createEngineProvider({engine, inventory}: {
	readonly engine: Engine;
	readonly inventory: Pick<Inventory, 'find' | 'touch'>;
}): Provider {
	return {
		id: 'engine',
		async serves(model) {
			try {
				await inventory.find(model);
				return true;
			} catch (error) {
				if (error instanceof NotFoundError) {
					return false;
				}

				throw error;
			}
		},
		async generate(model, request, {signal, onLoad, onProgress}) {
			const installed = await inventory.find(model);
			const result = await engine.exclusive(async session => {
				await session.load(installed, {signal, ...(onLoad && {onProgress: onLoad})});
				await inventory.touch(installed.id);
				return session.generate(request, {signal, ...(onProgress && {onProgress})});
			}, {signal});
			if (result.text === '') {
				signal.throwIfAborted();
			}

			return result;
		},
	};
}
