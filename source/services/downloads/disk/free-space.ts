import {statfs} from 'node:fs/promises';
import path from 'node:path';
import {NoSpaceError} from '../../../errors/no-space-error.js';
import {formatBytes} from '../../../format/bytes.js';

/**
Bytes that this user may still write on the volume of a folder, which need not exist yet. Undefined where the system does not tell.
*/
export async function freeSpace(folder: string): Promise<number | undefined> {
	for (let current = path.resolve(folder); ; current = path.dirname(current)) {
		try {
			// eslint-disable-next-line no-await-in-loop -- goes up until a folder is there
			const {bavail, bsize} = await statfs(current);
			return bavail * bsize;
		} catch {
			if (path.dirname(current) === current) {
				return undefined;
			}
		}
	}
}

/**
Makes sure that there is room.
@throws NoSpaceError `disk_full` with the bytes that are missing when `neededBytes` do not fit on the volume of `folder`.
*/
export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
	const free = await freeSpace(folder);
	if (free !== undefined && neededBytes > free) {
		throw noSpace(`${formatBytes(neededBytes)} are still to be written to the disk of the models, which has ${formatBytes(free)} free.`, {missingBytes: neededBytes - free});
	}
}

export function noSpace(message: string, {missingBytes, cause}: {readonly missingBytes?: number; readonly cause?: unknown} = {}): NoSpaceError {
	return new NoSpaceError(message, {
		code: 'disk_full',
		hint: 'Make room, for example with `remuda cache prune`, then resume the download.',
		...(missingBytes !== undefined && {missingBytes}),
		cause,
	});
}
