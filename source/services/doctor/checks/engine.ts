import {createEngine} from '../../engine/create-engine.js';
import {describeStarter} from '../../inventory/starter-model.js';
import {type Check} from '../check.js';

const limitMs = 60_000;

/**
Loads the starter model in an engine of its own, so that one in use keeps its model.
*/
export const engine: Check = {
	id: 'engine',
	label: 'Engine',
	async look({paths, config}, {signal}) {
		const own = createEngine({settings: () => config.engine});
		const limit = AbortSignal.timeout(limitMs);
		try {
			const model = await describeStarter(paths.starterModel, {get: async () => undefined});
			const {device, loadMs} = await own.load(model, {signal: AbortSignal.any([signal, limit])});
			return {status: 'ok', detail: `runs the starter model on ${device}, loaded in ${Math.round(loadMs)} ms`};
		} catch (error) {
			if (limit.aborted) {
				return {
					status: 'error',
					detail: `The engine did not load the starter model within ${limitMs / 1000} s`,
					hint: 'Should a graphics driver be at fault: remuda config set engine.gpu off',
				};
			}

			throw error;
		} finally {
			await own.close();
		}
	},
};
