import {type Effects} from './effect.js';

export const libraryEffects: Effects = {
	'library/refresh-requested': {
		key: () => 'library',
		async run(_action, {services}) {
			const [models, usage] = await Promise.all([services.inventory.list(), services.inventory.usage()]);
			return {type: 'library/refresh-succeeded', models, usage};
		},
		failed: error => ({type: 'library/refresh-failed', error}),
	},
};
