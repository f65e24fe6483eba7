import {stat} from 'node:fs/promises';
import path from 'node:path';

/**
What tells the volume of a folder, which need not exist yet, from other volumes.
*/
export async function volumeOf(folder: string): Promise<string> {
	for (let current = path.resolve(folder); ; current = path.dirname(current)) {
		try {
			// eslint-disable-next-line no-await-in-loop -- goes up until a folder is there
			const {dev} = await stat(current);
			return String(dev);
		} catch {
			if (path.dirname(current) === current) {
				return '';
			}
		}
	}
}
