import {loadRegistry} from '../../registry/load-registry.js';
import {type Check} from '../check.js';

export const registry: Check = {
	id: 'registry',
	label: 'Registry',
	async look({paths}) {
		const {models} = await loadRegistry(paths.registry);
		return {status: 'ok', detail: `${models.length} models`};
	},
};
