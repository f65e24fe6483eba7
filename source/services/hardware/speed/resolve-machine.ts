import {describeCpu, type CpuSpecification} from './cpu-specifications.js';
import {resolveGpu, type ResolvedGpu} from './resolve-gpu.js';
import {type SpeedMachine} from './speed-types.js';

export type ResolvedMachine = {
	/**
	The one with the least bandwidth; where they differ, with the rates at which all of them together work.
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
	const slowest = gpus.toSorted((a, b) => a.bandwidthGBs - b.bandwidthGBs)[0];
	const isKnown = gpus.every(({memoryGiB}) => memoryGiB !== undefined);
	return {
		gpu: slowest && {...slowest, bandwidthGBs: togetherOf(gpus, ({bandwidthGBs}) => bandwidthGBs), teraflops: togetherOf(gpus, ({teraflops}) => teraflops)},
		gpuCount: gpus.length,
		gpuMemoryGiB: isKnown ? gpus.reduce((sum, {memoryGiB = 0}) => sum + memoryGiB, 0) : undefined,
		cpu: describeCpu(machine.cpu),
	};
}

/**
Layers are spread in proportion to memory and computed one after the other, so that times add up: the harmonic mean, weighted by memory where all of that is known.
*/
function togetherOf(gpus: readonly ResolvedGpu[], rateOf: (gpu: ResolvedGpu) => number): number {
	const [first, ...others] = gpus;
	if (first === undefined || others.every(gpu => rateOf(gpu) === rateOf(first))) {
		return first === undefined ? 0 : rateOf(first);
	}

	const isKnown = gpus.every(({memoryGiB}) => memoryGiB !== undefined);
	const weights = gpus.map(({memoryGiB = 1}) => (isKnown ? memoryGiB : 1));
	return weights.reduce((sum, weight) => sum + weight, 0) / gpus.reduce((sum, gpu, index) => sum + (weights[index]! / rateOf(gpu)), 0);
}
