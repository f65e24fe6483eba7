import {
	readFile,
	realpath,
	stat,
	statfs,
} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {sanitizeLine} from '../../format/sanitize.js';
import {type DiskReport} from '../../types/hardware.js';
import {parseMounts, volumesOf, type Mount} from './mounts.js';
import {withLimit} from './with-limit.js';

/**
The volume that holds the models first, then the other disks of this machine. Network volumes are asked only where the models are on one.
*/
export async function readDisks({modelsDirectory, systemRoot}: {modelsDirectory: string; systemRoot: string}): Promise<{disks: readonly DiskReport[]; warnings: readonly string[]}> {
	const volumes = await findVolumes(modelsDirectory, systemRoot);
	const findings = await Promise.all(volumes.map(async volume => withLimit(`Disk ${volume.mount}`, async () => measure(volume))));
	return {
		disks: findings.map(({value}) => value).filter(disk => disk !== undefined),
		warnings: findings.map(({warning}) => warning).filter(warning => warning !== undefined),
	};
}

async function findVolumes(modelsDirectory: string, systemRoot: string): Promise<readonly Mount[]> {
	const models = await nearestExisting(path.resolve(modelsDirectory));
	try {
		const mounts = await readFile(path.join(systemRoot, 'proc/self/mounts'), 'utf8');
		return volumesOf(parseMounts(mounts), models);
	} catch {
		// Without a list of mounts, as on macOS and Windows: the volume of the models and that of the system.
		return [...new Set([volumeRootOf(models), path.parse(process.execPath).root])].map(mount => ({mount, device: mount}));
	}
}

async function nearestExisting(directory: string): Promise<string> {
	try {
		return await realpath(directory);
	} catch {
		const parent = path.dirname(directory);
		return parent === directory ? directory : nearestExisting(parent);
	}
}

function volumeRootOf(directory: string): string {
	return /^\/Volumes\/[^\/]+/v.exec(directory)?.[0] ?? path.parse(directory).root;
}

async function measure({mount, kind}: Mount): Promise<DiskReport | undefined> {
	// A container has single files mounted from the host's disk.
	const place = await stat(mount);
	if (!place.isDirectory()) {
		return undefined;
	}

	const {bsize, blocks, bavail} = await statfs(mount);
	return {
		mount: sanitizeLine(mount),
		...(kind !== undefined && {kind: sanitizeLine(kind)}),
		totalBytes: blocks * bsize,
		freeBytes: bavail * bsize,
	};
}
