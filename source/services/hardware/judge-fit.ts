import {formatBytes} from '../../format/bytes.js';
import {type FitSubject, type FitVerdict} from '../../types/fit.js';
import {type GpuReport, type HardwareReport} from '../../types/hardware.js';
import {estimateMemory} from './estimate-memory.js';
import {gpuMarginBytes, memoryMarginBytes} from './margins.js';

/**
Whether a model runs on a machine, and where: wholly on one GPU (with 1 GiB left free), in main memory (with 2 GB left free), only by using those 2 GB, or not at all.
*/
export function judgeFit(subject: FitSubject, hardware: Pick<HardwareReport, 'gpus' | 'memory'>): FitVerdict {
	const need = estimateMemory(subject);
	const layerCount = (subject.architecture?.blockCount ?? 0) + 1;
	const asWanted = {
		contextLength: subject.contextLength, wantedContextLength: subject.contextLength, gpuLayers: 0, layerCount, advice: [],
	};
	const {availableBytes} = hardware.memory;
	const needed = `${need.approximate ? 'about ' : ''}${formatBytes(need.totalBytes)} needed`;
	const gpu = roomiestGpu(hardware.gpus, availableBytes);
	if (gpu !== undefined && need.totalBytes + gpuMarginBytes <= gpu.freeBytes) {
		return {
			...asWanted,
			level: 'gpu',
			gpuLayers: layerCount,
			need,
			availableBytes: gpu.freeBytes,
			marginBytes: gpuMarginBytes,
			shortBytes: 0,
			reason: `Fits wholly on the GPU ${gpu.name}: ${needed}, ${formatBytes(gpu.freeBytes)} free.`,
		};
	}

	const inMemory = {
		...asWanted, need, availableBytes, marginBytes: memoryMarginBytes, shortBytes: 0,
	};
	const room = `${needed}, ${formatBytes(availableBytes)} available`;
	if (need.totalBytes + memoryMarginBytes <= availableBytes) {
		return {...inMemory, level: 'memory', reason: `Fits in memory: ${room}.`};
	}

	if (need.totalBytes <= availableBytes) {
		return {...inMemory, level: 'tight', reason: `Fits only by using the ${formatBytes(memoryMarginBytes)} kept free for other programs: ${room}.`};
	}

	const shortBytes = need.totalBytes - availableBytes;
	return {
		...inMemory, level: 'none', contextLength: 0, shortBytes, reason: `Does not fit: ${room}, ${formatBytes(shortBytes)} short.`,
	};
}

// A GPU that shares the CPU's memory has no more free than that.
function roomiestGpu(gpus: readonly GpuReport[], availableBytes: number): {name: string; freeBytes: number} | undefined {
	return gpus
		.map(({name, vramFreeBytes, vramTotalBytes = 0, unifiedMemory}) => ({
			name,
			freeBytes: unifiedMemory ? Math.min(availableBytes, vramFreeBytes ?? availableBytes) : vramFreeBytes ?? vramTotalBytes,
		}))
		.toSorted((a, b) => b.freeBytes - a.freeBytes)[0];
}
