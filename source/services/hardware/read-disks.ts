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
import {readText} from './control-groups.js';
import {parseMounts, volumesOf, type Mount} from './mounts.js';
import {withLimit} from './with-limit.js';

/**
The volume that holds the models first, then the other disks of this machine. Network volumes are asked only where the models are on one.
*/
export async function readDisks({modelsDirectory, systemRoot}: {modelsDirectory: string; systemRoot: string}): Promise<{disks: readonly DiskReport[]; warnings: readonly string[]}> {
	const volumes = await findVolumes(modelsDirectory, systemRoot);
	const findings = await Promise.all(volumes.map(async volume => withLimit(`Disk ${volume.mount}`, async () => measure(volume, systemRoot))));
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

async function measure({mount, kind, device}: Mount, systemRoot: string): Promise<DiskReport | undefined> {
	// A container has single files mounted from the host's disk.
	const place = await stat(mount);
	if (!place.isDirectory()) {
		return undefined;
	}

	const [{bsize, blocks, bavail}, medium] = await Promise.all([statfs(mount), readMedium(device, systemRoot)]);
	return {
		mount: sanitizeLine(mount),
		...(kind !== undefined && {kind: sanitizeLine(kind)}),
		...(medium !== undefined && {medium}),
		totalBytes: blocks * bsize,
		freeBytes: bavail * bsize,
	};
}

// A partition's folder lies in that of its disk.
async function readMedium(device: string, systemRoot: string): Promise<DiskReport['medium']> {
	// What a disk of a virtual machine says of itself is only what it was told to say.
	if (!device.startsWith('/dev/') || /^\/dev\/x?vd/v.test(device)) {
		return undefined;
	}

	try {
		const node = path.basename(await realpath(device));
		const folder = await realpath(path.join(systemRoot, 'sys/class/block', node));
		const texts = await Promise.all(['queue/rotational', '../queue/rotational'].map(async file => readText(path.join(folder, file))));
		const rotational = texts.find(text => text !== undefined)?.trim();
		return rotational === '1' ? 'spinning' : (rotational === '0' ? 'solid-state' : undefined);
	} catch {
		return undefined;
	}
}
