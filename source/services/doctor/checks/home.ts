import {randomUUID} from 'node:crypto';
import {
	access,
	constants,
	rm,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {toHomeError} from '../../config/to-home-error.js';
import {type Check} from '../check.js';

export const home: Check = {
	id: 'home',
	label: 'Home',
	async look({paths}) {
		try {
			// Written for real: permissions alone do not tell of a read-only or full volume.
			const probe = path.join(paths.home, `.doctor-${randomUUID()}`);
			await writeFile(probe, 'x', {flag: 'wx'});
			await rm(probe);
			return {status: 'ok', detail: paths.home};
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && await canCreate(paths.home)) {
				return {status: 'ok', detail: `${paths.home} (made when it is needed)`};
			}

			throw toHomeError(error, paths.home);
		}
	},
};

async function canCreate(folder: string): Promise<boolean> {
	for (let parent = path.dirname(folder); ; parent = path.dirname(parent)) {
		try {
			await access(parent, constants.W_OK | constants.X_OK); // eslint-disable-line no-await-in-loop, no-bitwise -- goes up until a folder is there; flags of the system
			return true;
		} catch (error) {
			const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
			if (!isMissing || parent === path.dirname(parent)) {
				return false;
			}
		}
	}
}
