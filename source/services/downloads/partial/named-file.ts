import {open, stat, type FileHandle} from 'node:fs/promises';
import {codeOf} from '../disk/to-disk-error.js';
import {partialLost} from '../disk/partial-lost.js';

/**
Opens a file to read and write it wherever one likes, with what is in it.
*/
export async function openOrCreate(file: string): Promise<FileHandle> {
	try {
		return await open(file, 'r+');
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw error;
		}

		return open(file, 'wx+');
	}
}

/**
Makes sure that an open file is still the one of that name, and of that size: a file that was deleted can be written to the end, and is gone then.
@throws RemudaError `partial_lost`.
*/
export async function requireName(file: string, handle: FileHandle, size: number | {readonly atLeast: number}): Promise<void> {
	const [named, opened] = await Promise.all([stat(file).catch(() => undefined), handle.stat()]);
	const hasSize = typeof size === 'number' ? opened.size === size : opened.size >= size.atLeast;
	if (named?.ino !== opened.ino || !hasSize) {
		throw partialLost();
	}
}
