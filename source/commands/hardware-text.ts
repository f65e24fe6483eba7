import {formatBytes} from '../format/bytes.js';
import {
	type CpuReport,
	type DiskReport,
	type GpuReport,
	type HardwareReport,
	type MemoryReport,
	type ThermalReport,
	type Virtualization,
} from '../types/hardware.js';
import {wrapped} from './judgement-text.js';
import {formatFields} from './table.js';

type Field = readonly [label: string, value: string | undefined];

// `Simulated` and `Bandwidth`, and the space behind them.
const labelWidth = 11;

/**
A machine for people: its parts under each other, in as many lines as the terminal needs.
*/
export function formatMachine(machine: HardwareReport, width: number | undefined): string {
	return formatFields(fieldsOf(machine).flatMap(([label, value]) => value === undefined ? [] : wrapped(value, width, labelWidth).map((line, index): Field => [index === 0 ? label : '', line])));
}

function fieldsOf({cpu, memory, memoryBandwidth, gpus, disks, operatingSystem, virtualization = [], thermal, warnings, simulated}: HardwareReport): readonly Field[] {
	return [
		['Simulated', simulated?.description],
		['CPU', formatCpu(cpu)],
		['Memory', formatMemory(memory)],
		['Bandwidth', memoryBandwidth && `${formatBytes(memoryBandwidth.bytesPerSecond)}/s from memory, ${memoryBandwidth.measuredAt === undefined ? 'as described' : `measured with ${memoryBandwidth.threads} threads on ${memoryBandwidth.measuredAt.slice(0, 10)}`}${memoryBandwidth.whileBusy === true ? ' while the machine was busy' : ''}`],
		['Swap', memory.swapTotalBytes === 0 ? 'none' : `${formatBytes(memory.swapFreeBytes)} free of ${formatBytes(memory.swapTotalBytes)}`],
		...(gpus.length === 0 ? [['GPU', simulated === undefined ? 'none found' : 'none'] as const] : gpus.map((gpu): Field => ['GPU', formatGpu(gpu)])),
		...disks.map((disk): Field => ['Disk', formatDisk(disk)]),
		['Heat', thermal && formatThermal(thermal)],
		['System', [[operatingSystem.name, operatingSystem.release].filter(text => text !== '').join(' '), operatingSystem.architecture, ...(simulated === undefined ? virtualization.map(layer => formatVirtualization(layer)) : [])].join(', ')],
		...warnings.map((warning): Field => ['Warning', warning]),
		...(simulated?.assumptions ?? []).map((assumption): Field => ['Assumed', assumption]),
	];
}

function formatCpu({model, physicalCores, logicalCores, usableCores = logicalCores, speedGhz, instructionSets}: CpuReport): string {
	return [
		model,
		`${physicalCores} cores (${logicalCores} threads)`,
		...(usableCores < logicalCores ? [`${usableCores} usable at once`] : []),
		...(speedGhz === undefined ? [] : [`${speedGhz} GHz`]),
		...(instructionSets.length === 0 ? [] : [instructionSets.join(' ')]),
	].join(', ');
}

function formatMemory({availableBytes, totalBytes, limitBytes, kind, channels}: MemoryReport): string {
	return [
		`${formatBytes(availableBytes)} available of ${formatBytes(totalBytes)}`,
		...(limitBytes === undefined ? [] : ['the limit of this container or service']),
		...(kind === undefined ? [] : [channels === undefined ? kind : `${kind} in ${channels} channels`]),
	].join(', ');
}

function formatGpu(gpu: GpuReport): string {
	return [
		gpu.name,
		formatVram(gpu),
		...(gpu.cores === undefined ? [] : [`${gpu.cores} cores`]),
		...(gpu.bandwidthBytesPerSecond === undefined ? [] : [`${formatBytes(gpu.bandwidthBytesPerSecond)}/s`]),
		...(gpu.utilizationPercent === undefined ? [] : [`${Math.round(gpu.utilizationPercent)} % busy`]),
		...(gpu.temperatureCelsius === undefined ? [] : [`${Math.round(gpu.temperatureCelsius)} °C`]),
		...(gpu.computeCapability === undefined ? [] : [`compute capability ${gpu.computeCapability}`]),
		...(gpu.driver === undefined ? [] : [`driver ${gpu.driver}`]),
	].join(', ');
}

function formatVram({unifiedMemory, sharedMemoryBytes, vramTotalBytes, vramFreeBytes}: GpuReport): string {
	if (unifiedMemory) {
		return `shares the memory of the CPU${sharedMemoryBytes === undefined ? '' : `, up to ${formatBytes(sharedMemoryBytes)} of it`}`;
	}

	return vramTotalBytes === undefined ? 'memory not known' : `${vramFreeBytes === undefined ? '' : `${formatBytes(vramFreeBytes)} free of `}${formatBytes(vramTotalBytes)}`;
}

function formatDisk({mount, kind, medium, freeBytes, totalBytes}: DiskReport): string {
	return [
		mount,
		`${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)}`,
		...(kind === undefined ? [] : [kind]),
		...(medium === undefined ? [] : [medium === 'spinning' ? 'hard disk' : 'solid state']),
	].join(', ');
}

function formatThermal({cpuCelsius, throttled}: ThermalReport): string {
	return [
		...(cpuCelsius === undefined ? [] : [`CPU at ${Math.round(cpuCelsius)} °C`]),
		...(throttled === undefined ? [] : [throttled ? 'slowed down for heat since the start of the system' : 'never slowed down for heat']),
	].join(', ');
}

function formatVirtualization({kind, name}: Virtualization): string {
	return {
		machine: `virtual machine${name === 'unknown' ? '' : ` (${name})`}`, container: `container (${name})`, wsl: name,
	}[kind];
}
