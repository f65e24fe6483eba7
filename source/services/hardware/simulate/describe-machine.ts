import {type GpuReport, type HardwareReport} from '../../../types/hardware.js';
import {isKnownHardware} from './find-hardware.js';

const gibibyte = 2 ** 30;

/**
A machine as `simulateMachine` reads it, to be edited: `2x GeForce RTX 3090 24 GB, Ryzen 9 7950X, 16 cores, 64 GB, DDR5-5600`. Names that no table knows are left out, because they could not be read again: of a GPU, all of it, and of a processor its name.
*/
export function describeMachine({cpu, gpus, memory, memoryBandwidth}: HardwareReport): string {
	const named = gpus.filter(gpu => isKnownHardware(gpu.name));
	const isChip = named.some(({name, unifiedMemory}) => unifiedMemory && name === cpu.model);
	return [
		...(named.length === 0 ? ['no GPU'] : Map.groupBy(named, gpu => describeGpu(gpu)).entries().map(([text, alike]) => (alike.length === 1 ? text : `${alike.length}x ${text}`))),
		...(!isChip && isKnownHardware(cpu.model) ? [cpu.model] : []),
		`${cpu.physicalCores} cores`,
		...(cpu.logicalCores === cpu.physicalCores ? [] : [`${cpu.logicalCores} threads`]),
		`${memorySold(memory.totalBytes)} GB`,
		...(memory.kind === undefined ? [] : [memory.kind]),
		...(memory.channels === undefined ? [] : [`${memory.channels} channels`]),
		...(memoryBandwidth === undefined ? [] : [`${Math.round(memoryBandwidth.bytesPerSecond / 1e8) / 10} GB/s`]),
	].join(', ');
}

function describeGpu({name, cores, vramTotalBytes, unifiedMemory}: GpuReport): string {
	if (unifiedMemory) {
		return cores === undefined ? name : `${name} (${cores}-core GPU)`;
	}

	const size = vramTotalBytes === undefined ? '' : ` ${gigabytes(vramTotalBytes)} GB`;
	return name.endsWith(size) ? name : `${name}${size}`;
}

// Of sizes that modules add up to, the one that is a little more: a system keeps some from being seen.
const steps = [32, 16, 8, 4, 2, 1] as const;

function memorySold(bytes: number): number {
	const exact = bytes / gibibyte;
	const sold = steps.map(step => Math.ceil(exact / step) * step).find(size => size - exact < size * 0.05);
	return Number.isSafeInteger(exact) ? exact : sold ?? gigabytes(bytes);
}

function gigabytes(bytes: number): number {
	const exact = bytes / gibibyte;
	const whole = Math.ceil(exact);
	return whole - exact < whole * 0.02 ? whole : Math.round(exact * 10) / 10;
}
