import {availableParallelism} from 'node:os';
import {type CpuReport, type GpuReport, type MemoryReport} from '../../types/hardware.js';
import {readMemory} from '../hardware/read-memory.js';
import {readPhysicalCores} from './physical-cores.js';

/**
What of a machine a load plan is checked against. What is missing is not known, and nothing is said of it.
*/
export type PlanMachine = {
	readonly cpu: Pick<CpuReport, 'logicalCores' | 'usableCores'> & Partial<Pick<CpuReport, 'physicalCores'>>;
	readonly memory?: Pick<MemoryReport, 'totalBytes' | 'availableBytes'> | undefined;
	readonly gpus?: readonly GpuReport[];
	/**
	The fit, which knows more than the rules, says that the plan has room in it.
	*/
	readonly hasRoom?: boolean;
	/**
	That this process may keep from being swapped out (`ulimit -l`); missing where there is no limit.
	*/
	readonly lockLimitBytes?: number;
};

export type MachineWithMemory = PlanMachine & {readonly memory: MemoryReport};

/**
What can be told of this machine at once, without looking for GPUs: cores, and the memory that a fit reckons with.
*/
export async function readPlanMachine(systemRoot = '/'): Promise<MachineWithMemory> {
	const [{memory}, cores] = await Promise.all([readMemory(systemRoot), readPlanCores(systemRoot)]);
	return {...cores, memory};
}

/**
Its cores alone.
*/
export async function readPlanCores(systemRoot = '/'): Promise<Pick<PlanMachine, 'cpu'>> {
	const physicalCores = await readPhysicalCores(systemRoot);
	return {cpu: {logicalCores: availableParallelism(), ...(physicalCores !== undefined && {physicalCores})}};
}

/**
Threads that may run at once.
*/
export function coresOf({cpu}: Pick<PlanMachine, 'cpu'>): number {
	return Math.max(1, cpu.usableCores ?? cpu.logicalCores);
}

/**
Threads that suit a machine: one a physical core, which is what the memory can feed, and one core is left to Remuda itself, because all of them cost two thirds of the speed of generation under Node.
*/
export function usualThreads(machine: Pick<PlanMachine, 'cpu'>): number {
	return Math.max(1, Math.min(machine.cpu.physicalCores ?? Infinity, coresOf(machine) - 1));
}
