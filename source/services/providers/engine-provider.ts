import {NotFoundError} from '../../errors/not-found-error.js';
import {type Engine} from '../engine/engine.js';
import {type Inventory} from '../inventory/inventory.js';
import {type LoadPlans} from '../load-plans/load-plans.js';
import {type Provider} from './provider.js';

/**
The engine as a provider: it answers for every model that is installed, loads it by its plan when it is not loaded, and counts the use.
*/
export function createEngineProvider({engine, inventory, loadPlans}: {
	readonly engine: Engine;
	readonly inventory: Pick<Inventory, 'find' | 'touch'>;
	readonly loadPlans: Pick<LoadPlans, 'load'>;
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
		async generate(model, request, {signal, plan, onLoad, onNotice, onProgress}) {
			const installed = await inventory.find(model);
			const result = await engine.exclusive(async session => {
				await loadPlans.load(session, installed, {
					signal, ...plan, onProgress: onLoad, onNotice,
				});
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
