import {readFile} from 'node:fs/promises';
import {type MemoryNeed} from '../../types/fit.js';

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
	/**
	The most that both ever were together.
	*/
	readonly peakBytes: number;
};

const kibibyte = 1024;

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

	const [anonymousBytes, fileBytes, sharedBytes, peakBytes] = ['RssAnon', 'RssFile', 'RssShmem', 'VmHWM'].map(name => bytesOf(name));
	return anonymousBytes === undefined || fileBytes === undefined
		? undefined
		: {anonymousBytes: anonymousBytes + (sharedBytes ?? 0), fileBytes, peakBytes: peakBytes ?? (anonymousBytes + fileBytes)};
}

/**
What of it the estimate speaks of: all but the pages of weights that were copied out of their file and are not needed any more.
*/
export function usedBytes({anonymousBytes, fileBytes}: MemoryUse, {reclaimableBytes}: Pick<MemoryNeed, 'reclaimableBytes'>): number {
	return anonymousBytes + Math.max(0, fileBytes - reclaimableBytes);
}
