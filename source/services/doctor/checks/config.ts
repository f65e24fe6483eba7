import {existsSync} from 'node:fs';
import {createConfigStore} from '../../config/create-config-store.js';
import {type Check} from '../check.js';

export const config: Check = {
	id: 'config',
	label: 'Settings',
	async look({paths}) {
		await createConfigStore({path: paths.config});
		return {status: 'ok', detail: existsSync(paths.config) ? paths.config : 'all at their defaults'};
	},
};
