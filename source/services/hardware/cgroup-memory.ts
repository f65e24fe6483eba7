import path from 'node:path';
import {controlGroups, readText} from './control-groups.js';

export type MemoryLimit = {
	readonly limitBytes: number;
	/**
	What the limit leaves, file cache that the kernel gives back included.
	*/
	readonly availableBytes: number;
};

type Layout = {
	readonly limit: string;
	readonly usage: string;
	/**
	The line of `memory.stat` that counts file cache not in use, of the group and all below it.
	*/
	readonly reclaimable: string;
};

const layouts: Readonly<Record<1 | 2, Layout>> = {
	1: {limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes', reclaimable: 'total_inactive_file'},
	2: {limit: 'memory.max', usage: 'memory.current', reclaimable: 'inactive_file'},
};

/**
The tightest memory limit that control groups (version 1 or 2) put on this process, as containers and systemd do; undefined without one.
*/
export async function readCgroupMemory(systemRoot: string): Promise<MemoryLimit | undefined> {
	const groups = await controlGroups(systemRoot, 'memory');
	const limits = await Promise.all(groups.flatMap(({folders, version}) => folders.map(async folder => readLimit(folder, layouts[version]))));
	const found = limits.filter(limit => limit !== undefined);
	return found.length === 0
		? undefined
		: {
			limitBytes: Math.min(...found.map(({limitBytes}) => limitBytes)),
			availableBytes: Math.min(...found.map(({availableBytes}) => availableBytes)),
		};
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
