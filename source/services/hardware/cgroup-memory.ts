import {readFile} from 'node:fs/promises';
import path from 'node:path';

export type MemoryLimit = {
	readonly limitBytes: number;
	/**
	What the limit leaves, file cache that the kernel gives back included.
	*/
	readonly availableBytes: number;
};

type Layout = {
	readonly folders: readonly string[];
	readonly limit: string;
	readonly usage: string;
	/**
	The line of `memory.stat` that counts file cache not in use, of the group and all below it.
	*/
	readonly reclaimable: string;
};

/**
The tightest memory limit that control groups (version 1 or 2) put on this process, as containers and systemd do; undefined without one.
*/
export async function readCgroupMemory(systemRoot: string): Promise<MemoryLimit | undefined> {
	const groups = await readText(path.join(systemRoot, 'proc/self/cgroup'));
	const limits = await Promise.all(layoutsOf(groups ?? '', systemRoot).flatMap(layout => layout.folders.map(async folder => readLimit(folder, layout))));
	const found = limits.filter(limit => limit !== undefined);
	return found.length === 0
		? undefined
		: {
			limitBytes: Math.min(...found.map(({limitBytes}) => limitBytes)),
			availableBytes: Math.min(...found.map(({availableBytes}) => availableBytes)),
		};
}

function layoutsOf(groups: string, systemRoot: string): Layout[] {
	const mounts = path.join(systemRoot, 'sys/fs/cgroup');
	return groups.split('\n').flatMap(line => {
		const [, controllers = '', group = ''] = /^\d+:(?<controllers>[^:]*):(?<group>\/.*)$/v.exec(line) ?? [];
		if (controllers === '' && group !== '') {
			return [mounts, path.join(mounts, 'unified')].map(mount => ({
				folders: foldersUpTo(mount, group), limit: 'memory.max', usage: 'memory.current', reclaimable: 'inactive_file',
			}));
		}

		return controllers.split(',').includes('memory')
			? [{
				folders: foldersUpTo(path.join(mounts, 'memory'), group), limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes', reclaimable: 'total_inactive_file',
			}]
			: [];
	});
}

// A group's limit holds for all groups inside it. Inside a container the path may be one of the host's, which is not there.
function foldersUpTo(mount: string, group: string): string[] {
	const names = group.split('/').filter(name => name !== '' && name !== '..');
	return Array.from({length: names.length + 1}, (_, length) => path.join(mount, ...names.slice(0, length)));
}

async function readLimit(folder: string, {limit, usage, reclaimable}: Layout): Promise<MemoryLimit | undefined> {
	const limitBytes = toCount(await readText(path.join(folder, limit)));
	if (limitBytes === undefined) {
		return undefined;
	}

	const [used, statistics] = await Promise.all([readText(path.join(folder, usage)), readText(path.join(folder, 'memory.stat'))]);
	const cacheBytes = toCount(new RegExp(String.raw`^${reclaimable} (?<bytes>\d+)$`, 'mv').exec(statistics ?? '')?.[1]) ?? 0;
	return {limitBytes, availableBytes: Math.max(0, Math.min(limitBytes, limitBytes - (toCount(used) ?? 0) + cacheBytes))};
}

// `max`, and the largest number of version 1, mean that there is no limit.
function toCount(text: string | undefined): number | undefined {
	const count = /^\d+$/v.test(text?.trim() ?? '') ? Number(text) : NaN;
	return Number.isSafeInteger(count) ? count : undefined;
}

async function readText(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch {
		return undefined;
	}
}
