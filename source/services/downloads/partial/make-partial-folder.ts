import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import {codeOf} from '../disk/to-disk-error.js';

/**
Makes the folder of a download's partial files, and the one of all of them, where somebody has removed them. The models folder above has to be there: with a home that was removed nothing of it comes back.
*/
export async function makePartialFolder(folder: string): Promise<void> {
	await makeIfMissing(path.dirname(folder));
	await makeIfMissing(folder);
}

async function makeIfMissing(folder: string): Promise<void> {
	try {
		await mkdir(folder);
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') {
			throw error;
		}
	}
}
