import {stat} from 'node:fs/promises';
import {type DownloadRequest} from '../../../types/download.js';
import {readBootId} from '../partial/boot-id.js';
import {readJournal, receivedBytes} from '../partial/journal.js';
import {partialPaths} from '../partial/partial-paths.js';

/**
Bytes of each file of a download that its partial files hold.
*/
export async function receivedOnDisk(folder: string, {repository, files}: DownloadRequest): Promise<readonly number[]> {
	const bootId = await readBootId();
	return Promise.all(files.map(async ({path}, index) => {
		const {partial, journal: journalPath} = partialPaths(folder, index);
		const [journal, size] = await Promise.all([readJournal(journalPath), sizeOf(partial)]);
		return journal?.identity.path === path && journal.identity.repository === repository ? receivedBytes(journal, size, bootId) : 0;
	}));
}

async function sizeOf(file: string): Promise<number> {
	try {
		const {size} = await stat(file);
		return size;
	} catch {
		return 0;
	}
}
