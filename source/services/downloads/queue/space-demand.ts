import path from 'node:path';
import {type DownloadRequest} from '../../../types/download.js';
import {type SpaceDemand} from '../disk/require-room.js';
import {targetPaths} from '../disk/target-path.js';

/**
What a download still writes, and where: the files have `sizes`, and their partial files lack `partialBytes`.
*/
export function spaceDemand(models: string, request: DownloadRequest, {sizes, partialBytes}: {readonly sizes: readonly number[]; readonly partialBytes: number}): SpaceDemand {
	return {partialBytes, files: safeTargets(models, request).map((target, index) => ({folder: path.dirname(target), bytes: sizes[index] ?? 0}))};
}

/**
Where the files of a download will be; none for one whose names are refused: it is never put anywhere.
*/
export function safeTargets(models: string, request: DownloadRequest): readonly string[] {
	try {
		return targetPaths(models, request);
	} catch {
		return [];
	}
}
