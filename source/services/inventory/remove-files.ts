import {
	lstat,
	realpath,
	rmdir,
	unlink,
} from 'node:fs/promises';
import path from 'node:path';
import {AccessError} from '../../errors/access-error.js';
import {IntegrityError} from '../../errors/integrity-error.js';
import {sanitizeLine} from '../../format/sanitize.js';
import {codeOf} from '../config/to-home-error.js';

/**
Deletes files of the models folder, and the folders they leave empty; the bytes that are free then. A file that is gone already is no error.

Before anything is deleted, every file must lie inside the folder, also after all links are followed: records come from a file that anyone could have written.
@throws IntegrityError `outside_models_folder`, AccessError `models_unwritable`.
*/
export async function removeFiles(files: readonly string[], models: string): Promise<number> {
	const root = await realpath(models).catch(() => path.resolve(models));
	const found = await Promise.all(files.map(async file => locate(file)));
	const outside = found.find(file => file !== undefined && !file.path.startsWith(root + path.sep));
	if (outside !== undefined) {
		throw new IntegrityError(`Refused to delete ${sanitizeLine(outside.path)}: it is outside of the models folder ${sanitizeLine(root)}.`, {
			code: 'outside_models_folder',
			hint: 'If the models folder was moved, set models_directory back first. Otherwise delete the file yourself; without it, the record can be removed.',
		});
	}

	const present = found.filter(file => file !== undefined);
	await Promise.all(present.map(async file => remove(file.path)));
	const folders = new Set(present.map(file => path.dirname(file.path)));
	await Promise.all([...folders].map(async folder => removeEmptyFolders(folder, root)));
	return present.reduce((sum, {freedBytes}) => sum + freedBytes, 0);
}

/**
A file with the links of its folder followed, but not its own: that one would be deleted, not what it points to.
*/
async function locate(file: string): Promise<{readonly path: string; readonly freedBytes: number} | undefined> {
	try {
		const folder = await realpath(path.dirname(file));
		const real = path.join(folder, path.basename(file));
		const {size, nlink} = await lstat(real);
		return {path: real, freedBytes: nlink > 1 ? 0 : size};
	} catch (error) {
		if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) {
			return undefined;
		}

		throw unwritable(file, error);
	}
}

async function remove(file: string): Promise<void> {
	try {
		await unlink(file);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw unwritable(file, error);
		}
	}
}

async function removeEmptyFolders(folder: string, root: string): Promise<void> {
	if (!folder.startsWith(root + path.sep)) {
		return;
	}

	try {
		await rmdir(folder);
	} catch {
		// Not empty, or another removal was faster.
		return;
	}

	await removeEmptyFolders(path.dirname(folder), root);
}

function unwritable(file: string, error: unknown): AccessError {
	return new AccessError(`Remuda could not delete ${sanitizeLine(file)} (${codeOf(error)}).`, {
		code: 'models_unwritable',
		hint: 'Give yourself permission to write in its folder, then try again.',
		cause: error,
	});
}
