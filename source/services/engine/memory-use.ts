import {readFile} from 'node:fs/promises';
import {type MemoryNeed} from '../../types/fit.js';
import {memoryResultSchema} from './protocol.js';
import {type Host} from './start-host.js';

/**
What a process has of main memory now.
*/
export type MemoryUse = {
	/**
	Pages of its own, that nothing on a disk stands for: heaps, KV cache, buffers, weights that were copied out of their file.
	*/
	readonly anonymousBytes: number;
	/**
	Pages of mapped files, which the system can drop and read again: programs, libraries, weights.
	*/
	readonly fileBytes: number;
};

const kibibyte = 1024;

// Less of the mapped weights than that in memory shows that it was short.
const residentShare = 0.9;

/**
What a host has of main memory: from the system where that tells which pages are of files (Linux), else as the host itself says, with no pages told apart; undefined where it does not answer.
*/
export async function readHostMemory({processId, link}: Pick<Host, 'processId' | 'link'>): Promise<MemoryUse | undefined> {
	const use = await readMemoryUse(processId);
	if (use !== undefined) {
		return use;
	}

	try {
		const {residentBytes} = await link.request({type: 'memory'}, {result: memoryResultSchema}).result;
		return {anonymousBytes: 0, fileBytes: residentBytes};
	} catch {
		return undefined;
	}
}

/**
What a process has of main memory, from `/proc/PID/status`, which is readable through the sandbox too; undefined where the system does not tell.
*/
export async function readMemoryUse(processId: number): Promise<MemoryUse | undefined> {
	return parseMemoryUse(await readFile(`/proc/${processId}/status`, 'utf8').catch(() => ''));
}

/**
The same of the text of such a file.
*/
export function parseMemoryUse(status: string): MemoryUse | undefined {
	const bytesOf = (name: string): number | undefined => {
		const match = new RegExp(String.raw`^${name}:\s+(\d{1,12}) kB$`, 'mv').exec(status);
		return match === null ? undefined : Number(match[1]) * kibibyte;
	};

	const [anonymousBytes, fileBytes, sharedBytes] = ['RssAnon', 'RssFile', 'RssShmem'].map(name => bytesOf(name));
	return anonymousBytes === undefined || fileBytes === undefined
		? undefined
		: {anonymousBytes: anonymousBytes + (sharedBytes ?? 0), fileBytes};
}

/**
What of it the estimate speaks of: all but the pages of weights that were copied out of their file and are not needed any more.
*/
export function usedBytes({anonymousBytes, fileBytes}: MemoryUse, {reclaimableBytes}: Pick<MemoryNeed, 'reclaimableBytes'>): number {
	return anonymousBytes + Math.max(0, fileBytes - reclaimableBytes);
}

/**
Whether the mapped weights are in memory. Where that was too small for them they are read from the disk again and again, and what the process has tells nothing of what it needs.
*/
export function isResident({fileBytes}: MemoryUse, {memoryBytes, heldBytes}: Pick<MemoryNeed, 'memoryBytes' | 'heldBytes'>): boolean {
	return fileBytes >= (memoryBytes - heldBytes) * residentShare;
}
