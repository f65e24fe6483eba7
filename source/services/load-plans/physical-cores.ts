import {readFile} from 'node:fs/promises';
import path from 'node:path';

/**
Cores of the processors, each counted once however many threads it runs, as Linux tells them; undefined elsewhere, and where the processors are not told apart. Quicker than a probe of the whole machine.
*/
export async function readPhysicalCores(systemRoot = '/'): Promise<number | undefined> {
	const text = await readFile(path.join(systemRoot, 'proc/cpuinfo'), 'utf8').catch(() => '');
	const cores = new Set(text.split(/\n{2,}/v).flatMap(processor => {
		const [package_, core] = ['physical id', 'core id'].map(name => new RegExp(String.raw`^${name}\s*:\s*(\d+)$`, 'mv').exec(processor)?.[1]);
		return package_ === undefined || core === undefined ? [] : [`${package_} ${core}`];
	}));
	return cores.size === 0 ? undefined : cores.size;
}
