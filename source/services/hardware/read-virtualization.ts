import path from 'node:path';
import process from 'node:process';
import {sanitizeLine} from '../../format/sanitize.js';
import {type Virtualization} from '../../types/hardware.js';
import {type Environment} from '../network/environment.js';
import {readText} from './control-groups.js';
import {runProgram} from './run-program.js';

/**
What stands between this process and the hardware: systemd-detect-virt knows most kinds; without it, what the kernel and container engines leave to be seen. Only on Linux.
*/
export async function readVirtualization(environment: Environment, systemRoot: string): Promise<readonly Virtualization[] | undefined> {
	if (process.platform !== 'linux') {
		return undefined;
	}

	const [machine, container, release, cpuinfo, ...marks] = await Promise.all([
		detect('--vm', environment),
		detect('--container', environment),
		readText(path.join(systemRoot, 'proc/sys/kernel/osrelease')),
		readText(path.join(systemRoot, 'proc/cpuinfo')),
		...['.dockerenv', 'run/.containerenv', 'proc/1/cgroup'].map(async file => readText(path.join(systemRoot, file))),
	]);
	return [...wslOf(release ?? '') ?? machineOf(machine, cpuinfo ?? ''), ...containerOf(container, marks)];
}

function wslOf(release: string): readonly Virtualization[] | undefined {
	return /microsoft/iv.test(release) ? [{kind: 'wsl', name: /wsl2/iv.test(release) ? 'WSL 2' : 'WSL'}] : undefined;
}

function machineOf(detected: string | undefined, cpuinfo: string): readonly Virtualization[] {
	const name = detected ?? (/^flags\s*:.*\bhypervisor\b/mv.test(cpuinfo) ? 'unknown' : 'none');
	return name === 'none' ? [] : [{kind: 'machine', name}];
}

function containerOf(detected: string | undefined, [docker, podman, groups]: ReadonlyArray<string | undefined>): readonly Virtualization[] {
	const seen = docker === undefined ? (podman === undefined ? /docker|kubepods|containerd|lxc|podman/v.exec(groups ?? '')?.[0] : 'podman') : 'docker';
	const name = detected === undefined || detected === 'none' ? seen : detected;
	return name === undefined || name === 'wsl' ? [] : [{kind: 'container', name}];
}

// It prints `none` and fails where there is nothing to detect.
async function detect(kind: '--vm' | '--container', environment: Environment): Promise<string | undefined> {
	try {
		const answer = sanitizeLine(await runProgram('systemd-detect-virt', [kind], environment)).slice(0, 40);
		return answer === '' ? undefined : answer;
	} catch (error) {
		return error instanceof Error && error.message.endsWith(': none') ? 'none' : undefined;
	}
}
