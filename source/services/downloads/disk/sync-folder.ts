import {open} from 'node:fs/promises';

/**
Makes renames and deletions in a folder survive a loss of power. Some systems cannot open a folder, and do not need to.
*/
export async function syncFolder(folder: string): Promise<void> {
	try {
		await using handle = await open(folder, 'r');
		await handle.sync();
	} catch {}
}
