import {lstat, readdir} from 'node:fs/promises';
import path from 'node:path';
import {type Stats} from 'node:fs';

/**
Bytes that a file or folder takes on the disk; 0 when it is not there. Symbolic links are not followed.
*/
export async function folderSize(root: string): Promise<number> {
	try {
		const status = await lstat(root);
		if (!status.isDirectory()) {
			return bytesOnDisk(status);
		}

		const names = await readdir(root);
		const sizes = await Promise.all(names.map(async name => folderSize(path.join(root, name))));
		return sizes.reduce((sum, size) => sum + size, 0);
	} catch {
		// Gone meanwhile, or not ours to see.
		return 0;
	}
}

// A partial file may have holes, which take no room. The unit of `blocks` is 512 bytes everywhere.
function bytesOnDisk({size, blocks}: Stats): number {
	return Math.min(size, blocks * 512);
}
