import {type GpuReport} from '../../types/hardware.js';
import {gpuMarginBytes} from './margins.js';

// Those that a backend of the engine drives.
const drivenVendors: ReadonlySet<string> = new Set(['NVIDIA', 'AMD', 'Intel', 'Apple']);

// CUDA 12 knows none older, and their drivers have no Vulkan that llama.cpp could use.
const leastComputeCapability = 5;

const instance = / MIG \d+g\./v;

/**
Of all GPUs those that the engine uses together: cards with memory of their own before what shares that of the processor, as llama.cpp does; those of the one vendor that has most of it free, so that one backend drives them all; of NVIDIA's instances (MIG) the largest, because CUDA shows a process only one; and none that is hidden, too old, or has nothing free. A model is spread over all of them in proportion to what they have free: llama.cpp does so by itself even where one alone would hold it.
*/
export function engineGpus(gpus: readonly GpuReport[]): readonly GpuReport[] {
	const driven = gpus.filter(gpu => isDriven(gpu));
	const cards = driven.filter(({unifiedMemory}) => !unifiedMemory);
	if (cards.length === 0) {
		// It is one memory, however many share it.
		return driven.toSorted((one, other) => (other.sharedMemoryBytes ?? Number.MAX_SAFE_INTEGER) - (one.sharedMemoryBytes ?? Number.MAX_SAFE_INTEGER)).slice(0, 1);
	}

	const groups = Map.groupBy(withoutFurtherInstances(cards).filter(card => usableBytesOf(card) > 0), ({vendor}) => vendor).values().toArray();
	return groups.toSorted((one, other) => sumOf(other) - sumOf(one))[0] ?? [];
}

/**
Of the memory of a card, what models may use: what is free, or all where that is not known, but for the margin.
*/
export function usableBytesOf(card: GpuReport): number {
	return Math.max(0, cardFreeBytes(card) - gpuMarginBytes);
}

export function cardFreeBytes({vramFreeBytes, vramTotalBytes = 0}: GpuReport): number {
	return vramFreeBytes ?? vramTotalBytes;
}

function isDriven({vendor, isHidden, computeCapability}: GpuReport): boolean {
	return drivenVendors.has(vendor) && isHidden !== true && (computeCapability === undefined || Number(computeCapability) >= leastComputeCapability);
}

function withoutFurtherInstances(cards: readonly GpuReport[]): readonly GpuReport[] {
	const instances = cards.filter(({name}) => instance.test(name));
	const whole = cards.filter(card => !instances.includes(card));
	const [largest] = instances.toSorted((one, other) => cardFreeBytes(other) - cardFreeBytes(one));
	return largest === undefined || whole.some(({vendor}) => vendor === largest.vendor) ? whole : [...whole, largest];
}

function sumOf(cards: readonly GpuReport[]): number {
	return cards.reduce((sum, card) => sum + usableBytesOf(card), 0);
}
