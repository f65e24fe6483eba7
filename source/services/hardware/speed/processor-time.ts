import {type SpeedPlan} from '../../../types/speed-subject.js';
import {type SpeedConstants} from './calibration.js';
import {attentionTime} from './cpu-attention.js';
import {type CpuSpecification} from './cpu-specifications.js';
import {positive} from './positive.js';
import {type ResolvedGpu} from './resolve-gpu.js';
import {type TokenWork} from './token-work.js';

/**
Milliseconds of one token; the parts of a whole that is less than their sum where reading and computing overlap.
*/
export type TokenTime = {
	readonly total: number;
	/**
	Weights from memory.
	*/
	readonly reading: number;
	/**
	Unpacking and multiplying.
	*/
	readonly computing: number;
	/**
	Starting kernels and waiting for each other, layer by layer.
	*/
	readonly overhead: number;
	/**
	Keys and values of the context, read or multiplied with, whichever takes longer.
	*/
	readonly context: number;
};

/**
One token on one GPU, or on several that hold the layers one after another.

Reading: bytes ÷ (peak bandwidth × efficiency), where the widest memories are not filled by products of a matrix with one vector. Computing: weights × effort ÷ integer rate. They overlap, so the longer one counts most (a p-norm). Then a fixed time for each layer.
*/
export function gpuTokenTime(gpu: ResolvedGpu, gpuCount: number, work: TokenWork, constants: SpeedConstants): TokenTime {
	const efficiency = {
		nvidia: constants.nvidiaEfficiency, amd: constants.amdEfficiency, apple: constants.appleEfficiency, intel: constants.intelEfficiency,
	}[gpu.vendor];
	const effort = {
		nvidia: constants.nvidiaUnpacking, amd: constants.amdUnpacking, apple: constants.appleUnpacking * (gpu.earlyApple ? constants.earlyAppleUnpacking : 1), intel: constants.intelUnpacking,
	}[gpu.vendor];
	const layerOverhead = {
		nvidia: constants.nvidiaLayer, amd: constants.amdLayer, apple: constants.appleLayer, intel: constants.intelLayer,
	}[gpu.vendor];
	const bandwidth = gpu.bandwidthGBs * efficiency / (1 + (constants.wideMemoryLoss * ((gpu.bandwidthGBs / 1000) ** 2)));
	const handicap = (gpu.smallIntegrated ? constants.smallIntegratedSlowdown : 1) * (gpu.mobile ? constants.mobileSlowdown : 1) * (gpu.legacy ? constants.legacySlowdown : 1);
	const reading = 1000 * handicap * work.gigabytes * (work.mixtureOfExperts ? constants.expertReading : 1) / bandwidth;
	const computing = handicap * work.gigaweights * work.unpacking * effort / (gpu.teraflops * gpu.unpackingRate);
	const overhead = handicap * ((work.layers * layerOverhead * layerWork(work, constants)) + constants.gpuToken + ((gpuCount - 1) * constants.extraGpu));
	const context = 1000 * handicap * work.kvGigabytes * constants.contextReading / bandwidth;
	return {
		total: overlapped(reading, computing, constants.gpuOverlap) + overhead + context, reading, computing, overhead, context,
	};
}

/**
One token on the CPU. As on a GPU, but threads wait for each other in each layer, the longer the more there are.
*/
export function cpuTokenTime(cpu: CpuSpecification, threads: number, work: TokenWork, constants: SpeedConstants): TokenTime {
	const perCore = constants.avx2Core * coreRates[cpu.instructions];
	const reading = 1000 * work.gigabytes * (work.mixtureOfExperts ? constants.cpuExpertReading : 1) / (cpu.bandwidthGBs * constants.cpuEfficiency);
	const usefulThreads = Math.min(threads, mostUsefulThreads);
	const computing = 1000 * work.gigaweights * work.unpacking / (usefulThreads * perCore);
	const overhead = work.layers * constants.cpuLayer * (1 + (threads * constants.cpuThreadWait)) * layerWork(work, constants);
	const fetching = 1000 * work.kvGigabytes * constants.contextReading / (cpu.bandwidthGBs * constants.cpuEfficiency);
	const multiplying = work.attention === undefined ? 0 : attentionTime(work.attention, work.depthTokens, cpu, 'generation') / usefulThreads;
	const context = Math.max(fetching, multiplying);
	return {
		total: overlapped(reading, computing, constants.cpuOverlap) + overhead + context, reading, computing, overhead, context,
	};
}

// Speed of a core relative to one with AVX2; the data know five kinds of CPU without it, so these are rounded.
const coreRates = {
	avx2: 1, avx: 0.4, sse: 0.045, i8mm: 0.5, dotprod: 0.25, neon: 0.1, riscv: 0.008,
} as const;

export const mostUsefulThreads = 64;

/**
Threads that work at once: never more than there are cores.
*/
export function threadsOf({threads}: Pick<SpeedPlan, 'threads'>, {cores}: Pick<CpuSpecification, 'cores'>): number {
	return Math.min(positive(threads) ?? cores, cores);
}

export function layerWork(work: TokenWork, constants: SpeedConstants): number {
	const family = {
		plain: 1, gemma: constants.gemmaLayer, 'delta-net': constants.deltaNetLayer, latent: constants.latentLayer,
	}[work.family];
	return family * (work.mixtureOfExperts ? 1 + constants.expertLayer : 1);
}

export function overlapped(first: number, second: number, overlap: number): number {
	const power = 1 + overlap;
	return ((first ** power) + (second ** power)) ** (1 / power);
}
