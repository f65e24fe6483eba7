import {availableParallelism, totalmem} from 'node:os';
import process from 'node:process';
import {type CpuReport, type GpuReport, type MemoryReport} from '../../types/hardware.js';

/**
What of a machine a load plan is checked against. What is missing is not known, and nothing is said of it.
*/
export type PlanMachine = {
	readonly cpu: Pick<CpuReport, 'logicalCores' | 'usableCores'>;
	readonly memory?: Pick<MemoryReport, 'totalBytes' | 'availableBytes'> | undefined;
	readonly gpus?: readonly GpuReport[];
	/**
	That this process may keep from being swapped out (`ulimit -l`); missing where there is no limit.
	*/
	readonly lockLimitBytes?: number;
};

/**
What can be told of this machine at once, without looking for GPUs.
*/
export function currentMachine(): PlanMachine & Required<Pick<PlanMachine, 'memory'>> {
	// 0 where there is none.
	const limit = process.constrainedMemory();
	return {
		cpu: {logicalCores: availableParallelism()},
		memory: {totalBytes: limit > 0 ? Math.min(totalmem(), limit) : totalmem(), availableBytes: process.availableMemory()},
	};
}

/**
Threads that may run at once.
*/
export function coresOf({cpu}: Pick<PlanMachine, 'cpu'>): number {
	return Math.max(1, cpu.usableCores ?? cpu.logicalCores);
}
