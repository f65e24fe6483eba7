import os from 'node:os';
import {type MemoryReport} from '../../types/hardware.js';
import {readCgroupMemory} from './cgroup-memory.js';
import {withLimit} from './with-limit.js';

/**
Main memory and swap now, never more than a container's limit leaves; with a warning where only Node's own figures could be had, which do not count what the kernel gives back.
*/
export async function readMemory(systemRoot: string): Promise<{memory: MemoryReport; warnings: readonly string[]}> {
	const [{value, warning}, limit] = await Promise.all([withLimit('Memory', readSystemMemory), readCgroupMemory(systemRoot)]);
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

async function readSystemMemory(): Promise<MemoryReport> {
	// Loaded when first needed: it takes longer than the rest of the start.
	const {default: {mem}} = await import('systeminformation');
	const {total, available, swaptotal, swapfree} = await mem();
	return {
		totalBytes: total, availableBytes: available, swapTotalBytes: swaptotal, swapFreeBytes: swapfree,
	};
}
