import {randomUUID} from 'node:crypto';
import {
	open,
	realpath,
	rename,
	rm,
} from 'node:fs/promises';
import path from 'node:path';
import {makeFolder} from './make-folder.js';
import {toHomeError} from './to-home-error.js';

/**
Replaces a file as a whole: after a crash at any moment it holds the old text or the new one. Only its owner may read it.
A symbolic link stays one; what it points to is replaced.
@throws AccessError `home_unwritable`, NoSpaceError `disk_full`.
*/
export async function writeFileAtomically(file: string, text: string): Promise<void> {
	try {
		await makeFolder(path.dirname(file), {mode: 0o700});
		await replace(await resolveLink(file), text);
	} catch (error) {
		throw toHomeError(error, file);
	}
}

async function replace(target: string, text: string): Promise<void> {
	const temporary = `${target}.${randomUUID()}.tmp`;
	try {
		await using handle = await open(temporary, 'wx', 0o600);
		await handle.writeFile(text);
		await handle.sync();
		await rename(temporary, target);
	} catch (error) {
		await rm(temporary, {force: true});
		throw error;
	}

	await syncFolder(path.dirname(target));
}

async function resolveLink(file: string): Promise<string> {
	try {
		return await realpath(file);
	} catch {
		return file;
	}
}

// The rename itself survives a power loss only once the folder is on disk. Some systems cannot open a folder, and do not need to.
async function syncFolder(folder: string): Promise<void> {
	try {
		await using handle = await open(folder, 'r');
		await handle.sync();
	} catch {}
}
