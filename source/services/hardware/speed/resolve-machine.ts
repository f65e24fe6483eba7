import {describeCpu, type CpuSpecification} from './cpu-specifications.js';
import {resolveGpu, type ResolvedGpu} from './resolve-gpu.js';
import {type SpeedMachine} from './speed-types.js';

export type ResolvedMachine = {
	/**
	The GPU that decides: of several different ones the one with the least bandwidth, because each layer waits for the one before.
	*/
	readonly gpu?: ResolvedGpu;
	readonly gpuCount: number;
	/**
	Of all GPUs together, in GiB.
	*/
	readonly gpuMemoryGiB?: number;
	readonly cpu: CpuSpecification;
};

export function resolveMachine(machine: SpeedMachine): ResolvedMachine {
	const gpus = machine.gpus.map(gpu => resolveGpu(gpu));
	const isKnown = gpus.every(({memoryGiB}) => memoryGiB !== undefined);
	return {
		gpu: gpus.toSorted((a, b) => a.bandwidthGBs - b.bandwidthGBs)[0],
		gpuCount: gpus.length,
		gpuMemoryGiB: isKnown ? gpus.reduce((sum, {memoryGiB = 0}) => sum + memoryGiB, 0) : undefined,
		cpu: describeCpu(machine.cpu),
	};
}
