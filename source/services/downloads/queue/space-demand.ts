import path from 'node:path';
import {type DownloadRequest} from '../../../types/download.js';
import {type SpaceDemand} from '../disk/require-room.js';
import {targetPaths} from '../disk/target-path.js';

/**
What a download still writes, and where: the files have `sizes`, and their partial files lack `partialBytes`.
*/
export function spaceDemand(models: string, request: DownloadRequest, {sizes, partialBytes}: {readonly sizes: readonly number[]; readonly partialBytes: number}): SpaceDemand {
	return {partialBytes, files: foldersOf(models, request).map((folder, index) => ({folder, bytes: sizes[index] ?? 0}))};
}

// One whose names are refused is never put anywhere.
function foldersOf(models: string, request: DownloadRequest): readonly string[] {
	try {
		return targetPaths(models, request).map(target => path.dirname(target));
	} catch {
		return [];
	}
}
