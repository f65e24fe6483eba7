import {readFile} from 'node:fs/promises';

/**
Bytes that a process of this user may lock in memory (Linux); undefined where there is no limit or the system does not tell.
*/
export async function readLockLimit(file = '/proc/self/limits'): Promise<number | undefined> {
	const text = await readFile(file, 'utf8').catch(() => '');
	const limit = /^Max locked memory\s+(?<soft>\d+)\s/mv.exec(text)?.groups?.soft;
	return limit === undefined ? undefined : Number(limit);
}
