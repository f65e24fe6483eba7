import {type DownloadRequest} from '../../../types/download.js';
import {totalBytes} from '../partial/byte-ranges.js';
import {readPartial} from '../partial/read-partial.js';

/**
Bytes of each file of a download that its partial files hold.
*/
export async function receivedOnDisk(folder: string, {repository, files}: DownloadRequest): Promise<readonly number[]> {
	return Promise.all(files.map(async ({path}, index) => {
		const found = await readPartial(folder, index);
		return found?.identity.path === path && found.identity.repository === repository ? totalBytes(found.written) : 0;
	}));
}
