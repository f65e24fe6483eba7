import {readFile} from 'node:fs/promises';
import path from 'node:path';

export type ControlGroup = {
	readonly version: 1 | 2;
	/**
	Of this process's group and all groups around it, whose limits hold for it too.
	*/
	readonly folders: readonly string[];
};

/**
The control groups (cgroups) that this process is in, as far as they may limit its memory or its processors; containers and systemd use them.
*/
export async function controlGroups(systemRoot: string, controller: 'cpu' | 'memory'): Promise<readonly ControlGroup[]> {
	const mounts = path.join(systemRoot, 'sys/fs/cgroup');
	const groups = await readText(path.join(systemRoot, 'proc/self/cgroup'));
	return (groups ?? '').split('\n').flatMap((line): ControlGroup[] => {
		const [, controllers = '', group = ''] = /^\d+:(?<controllers>[^:]*):(?<group>\/.*)$/v.exec(line) ?? [];
		if (controllers === '' && group !== '') {
			return [mounts, path.join(mounts, 'unified')].map(mount => ({version: 2, folders: foldersUpTo(mount, group)}));
		}

		return controllers.split(',').includes(controller) ? [{version: 1, folders: foldersUpTo(path.join(mounts, controller), group)}] : [];
	});
}

// Inside a container the path may be one of the host's, which is not there.
function foldersUpTo(mount: string, group: string): string[] {
	const names = group.split('/').filter(name => name !== '' && name !== '..');
	return Array.from({length: names.length + 1}, (_, length) => path.join(mount, ...names.slice(0, length)));
}

/**
Undefined for a file that is not there or may not be read.
*/
export async function readText(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch {
		return undefined;
	}
}
