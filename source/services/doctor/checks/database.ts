import {existsSync} from 'node:fs';
import {openStorage} from '../../storage/open-storage.js';
import {type Check} from '../check.js';

export const database: Check = {
	id: 'database',
	label: 'Database',
	async look({paths}) {
		if (!existsSync(paths.database)) {
			return {status: 'ok', detail: 'none yet; made when it is needed'};
		}

		const storage = openStorage({path: paths.database});
		try {
			const [first, ...others] = await storage.check();
			return first === undefined
				? {status: 'ok', detail: paths.database}
				: {
					status: 'error',
					detail: others.length === 0 ? first : `${first} (and ${others.length} more)`,
					hint: `Move ${paths.database} away; Remuda makes a new one. Downloaded files stay.`,
				};
		} finally {
			await storage.close();
		}
	},
};
