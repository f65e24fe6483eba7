import {mkdir, stat} from 'node:fs/promises';
import path from 'node:path';

/**
Makes a folder, with those above it that are missing. Node's own `recursive` tries without end where a system refuses a new folder with ENOENT, as Linux does in `/proc`.
*/
export async function makeFolder(folder: string, {mode}: {readonly mode?: number} = {}): Promise<void> {
	const parent = path.dirname(folder);
	if (parent !== folder && !await isFolder(parent)) {
		await makeFolder(parent, {mode});
	}

	try {
		await mkdir(folder, {mode});
	} catch (error) {
		if (!await isFolder(folder)) {
			throw error;
		}
	}
}

async function isFolder(file: string): Promise<boolean> {
	try {
		const status = await stat(file);
		return status.isDirectory();
	} catch {
		return false;
	}
}
