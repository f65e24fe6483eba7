import os from 'node:os';
import process from 'node:process';
import {sanitizeLine} from '../../format/sanitize.js';
import {type CpuReport} from '../../types/hardware.js';
import {readCgroupCpu} from './cgroup-cpu.js';
import {instructionSetsOf} from './instruction-sets.js';

/**
The CPU as systeminformation knows it.
*/
export async function readCpu(): Promise<CpuReport> {
	const {default: {cpu}} = await import('systeminformation');
	const {manufacturer, brand, speed, physicalCores, cores, flags} = await cpu();
	const basic = readBasicCpu();
	const model = sanitizeLine(`${manufacturer} ${brand}`);
	return {
		model: model === '' ? basic.model : model,
		physicalCores: physicalCores > 0 ? physicalCores : basic.physicalCores,
		logicalCores: cores > 0 ? cores : basic.logicalCores,
		...(speed > 0 && {speedGhz: speed}),
		instructionSets: knownInstructionSets(flags),
	};
}

// Of Arm neither macOS nor Windows lists the flags; all that they run on today have these.
function knownInstructionSets(flags: string): readonly string[] {
	const known = instructionSetsOf(flags);
	return known.length === 0 && process.arch === 'arm64' && process.platform !== 'linux' ? ['neon', 'dotprod'] : known;
}

/**
The CPU as Node alone knows it, for when the better way fails.
*/
export function readBasicCpu(): CpuReport {
	const cores = os.cpus();
	return {
		model: sanitizeLine(cores[0]?.model ?? 'unknown CPU'),
		physicalCores: Math.max(1, cores.length),
		logicalCores: Math.max(1, cores.length),
		instructionSets: knownInstructionSets(''),
	};
}

/**
Threads that may run at once: the cores that this process may be put on, and no more than a container's quota of time pays for, but at least one.
*/
export async function countUsableCores(systemRoot: string): Promise<number> {
	const quota = await readCgroupCpu(systemRoot);
	return Math.max(1, Math.min(os.availableParallelism(), Math.ceil(quota ?? Infinity)));
}
