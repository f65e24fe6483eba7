import {readdir, readFile} from 'node:fs/promises';

const kibibyte = 1024;

/**
The process id, as this process sees it, of the descendant of `rootProcessId` that calls itself `innerProcessId` in its own process namespace (Linux).
Bubblewrap stands between, with one or two processes of its own.
@returns Undefined where the system does not tell.
*/
export async function findDescendant(rootProcessId: number, innerProcessId: number): Promise<number | undefined> {
	const entries = await readdir('/proc').catch(() => []);
	const processes = await Promise.all(entries.filter(name => /^\d+$/v.test(name)).map(async name => readProcess(Number(name))));
	const parents = new Map(processes.map(({processId, parentId}) => [processId, parentId]));
	const isDescendant = (processId: number | undefined): boolean => processId !== undefined && (processId === rootProcessId || isDescendant(parents.get(processId)));
	return processes.find(({processId, innermostId}) => processId !== rootProcessId && innermostId === innerProcessId && isDescendant(processId))?.processId;
}

/**
The highest resident bytes that a process ever had (Linux); undefined where the system does not tell.
*/
export async function peakResidentBytes(processId: number): Promise<number | undefined> {
	const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
	const match = /^VmHWM:\s+(?<kibibytes>\d+) kB$/mv.exec(status);
	return match ? Number(match.groups!.kibibytes) * kibibyte : undefined;
}

async function readProcess(processId: number): Promise<{
	readonly processId: number;
	readonly parentId: number | undefined;
	readonly innermostId: number | undefined;
}> {
	const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
	const lastNumberOf = (name: string): number | undefined => {
		const line = status.split('\n').find(text => text.startsWith(`${name}:`));
		return line === undefined ? undefined : Number(line.split(/\s+/v).at(-1));
	};

	return {processId, parentId: lastNumberOf('PPid'), innermostId: lastNumberOf('NSpid')};
}
