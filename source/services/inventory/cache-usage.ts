import {type StatsFs} from 'node:fs';
import {readdir, statfs} from 'node:fs/promises';
import path from 'node:path';
import {type CacheUsage} from '../../types/cache.js';
import {type InstalledFile, type InstalledModel} from '../../types/installed-model.js';
import {type Paths} from '../config/paths.js';
import {folderSize} from './folder-size.js';

/**
What the models and the partial files take, and what the volume has left for a user.
*/
export async function cacheUsage(models: readonly InstalledModel[], paths: Pick<Paths, 'models' | 'partials'>): Promise<CacheUsage> {
	const [partials, disk] = await Promise.all([listPartials(paths.partials), diskOf(paths.models)]);
	const sizes = await Promise.all(partials.map(async partial => folderSize(partial)));
	return {
		path: paths.models,
		modelCount: models.length,
		modelBytes: totalBytes(models),
		partialCount: partials.length,
		partialBytes: sizes.reduce((sum, size) => sum + size, 0),
		diskTotalBytes: disk.blocks * disk.bsize,
		diskFreeBytes: disk.bavail * disk.bsize,
	};
}

/**
Bytes of the files of all models; a file that several share counts once.
*/
export function totalBytes(models: readonly InstalledModel[]): number {
	const files = new Map(models.flatMap(model => model.files).map((file: InstalledFile) => [file.path, file.sizeBytes]));
	return files.values().reduce((sum, size) => sum + size, 0);
}

/**
What lies in the folder of partial files, one entry per download.
*/
export async function listPartials(folder: string): Promise<readonly string[]> {
	try {
		const names = await readdir(folder);
		return names.map(name => path.join(folder, name));
	} catch {
		return [];
	}
}

// The folder may not be there yet; its volume is that of the nearest one above.
async function diskOf(folder: string): Promise<StatsFs> {
	try {
		return await statfs(folder);
	} catch (error) {
		const parent = path.dirname(folder);
		if (parent === folder) {
			throw error;
		}

		return diskOf(parent);
	}
}
