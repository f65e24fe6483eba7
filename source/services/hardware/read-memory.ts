import os from 'node:os';
import path from 'node:path';
import {type MemoryReport} from '../../types/hardware.js';
import {readCgroupMemory} from './cgroup-memory.js';
import {readText} from './control-groups.js';
import {withLimit} from './with-limit.js';

/**
Main memory and swap now, never more than a container's limit leaves; with a warning where only Node's own figures could be had, which do not count what the kernel gives back.
*/
export async function readMemory(systemRoot: string): Promise<{memory: MemoryReport; warnings: readonly string[]}> {
	const [{value, warning}, limit] = await Promise.all([withLimit('Memory', async () => readSystemMemory(systemRoot)), readCgroupMemory(systemRoot)]);
	const system = value ?? {
		totalBytes: os.totalmem(), availableBytes: os.freemem(), swapTotalBytes: 0, swapFreeBytes: 0,
	};
	return {
		memory: limit === undefined
			? system
			: {
				...system,
				...(limit.limitBytes < system.totalBytes && {limitBytes: limit.limitBytes}),
				totalBytes: Math.min(system.totalBytes, limit.limitBytes),
				availableBytes: Math.min(system.availableBytes, limit.availableBytes),
			},
		warnings: warning === undefined ? [] : [warning],
	};
}

async function readSystemMemory(systemRoot: string): Promise<MemoryReport> {
	const known = parseMeminfo(await readText(path.join(systemRoot, 'proc/meminfo')) ?? '');
	if (known !== undefined) {
		return known;
	}

	// Loaded when first needed: it takes longer than the rest of the start.
	const {default: {mem}} = await import('systeminformation');
	const {total, available, swaptotal, swapfree} = await mem();
	return {
		totalBytes: total, availableBytes: available, swapTotalBytes: swaptotal, swapFreeBytes: swapfree,
	};
}

/**
Linux itself, which is asked before every load, and quicker than by systeminformation; undefined where a figure is missing.
*/
function parseMeminfo(text: string): MemoryReport | undefined {
	const [totalBytes, availableBytes, swapTotalBytes, swapFreeBytes] = ['MemTotal', 'MemAvailable', 'SwapTotal', 'SwapFree'].map(name => {
		const match = new RegExp(String.raw`^${name}:\s+(\d{1,12}) kB$`, 'mv').exec(text);
		return match === null ? undefined : Number(match[1]) * 1024;
	});
	return totalBytes === undefined || availableBytes === undefined || swapTotalBytes === undefined || swapFreeBytes === undefined
		? undefined
		: {
			totalBytes, availableBytes, swapTotalBytes, swapFreeBytes,
		};
}
