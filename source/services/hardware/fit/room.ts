import {type GpuReport, type HardwareReport} from '../../../types/hardware.js';
import {gpuMarginBytes} from '../margins.js';

/**
Where a model can lie on a machine.
*/
export type Room = {
	readonly memoryBytes: number;
	readonly gpus?: GpuRoom;
};

/**
GPUs that can share a model: of one vendor, so that one backend of the engine drives them all.
*/
export type GpuRoom = {
	/**
	Of one, its name; of several, how many of which.
	*/
	readonly name: string;
	readonly count: number;
	readonly freeBytes: number;
	/**
	Of which models may use so much: the margin of each is left.
	*/
	readonly usableBytes: number;
	readonly largestUsableBytes: number;
	/**
	What lies there lies in main memory.
	*/
	readonly isUnified: boolean;
};

export function roomOf({gpus, memory}: Pick<HardwareReport, 'gpus' | 'memory'>): Room {
	const groups = Map.groupBy(gpus, ({vendor, unifiedMemory}) => `${vendor} ${unifiedMemory}`)
		.values()
		.map(group => gpuRoomOf(group, memory.availableBytes))
		.filter(({usableBytes}) => usableBytes > 0)
		.toArray()
		.toSorted((one, other) => other.usableBytes - one.usableBytes);
	return {memoryBytes: memory.availableBytes, ...(groups[0] !== undefined && {gpus: groups[0]})};
}

function gpuRoomOf(group: readonly GpuReport[], availableBytes: number): GpuRoom {
	// Of those that share the memory only one counts: it is one memory.
	const isUnified = group[0]?.unifiedMemory === true;
	const members = isUnified ? group.slice(0, 1) : group;
	const free = members.map(gpu => freeBytesOf(gpu, availableBytes));
	const usable = free.map(bytes => isUnified ? bytes : Math.max(0, bytes - gpuMarginBytes));
	const names = new Set(members.map(({name}) => name));
	return {
		name: members.length === 1 ? members[0]!.name : `${members.length} × ${names.size === 1 ? members[0]!.name : members[0]!.vendor}`,
		count: members.length,
		freeBytes: sum(free),
		usableBytes: sum(usable),
		largestUsableBytes: Math.max(...usable),
		isUnified,
	};
}

function freeBytesOf({unifiedMemory, vramFreeBytes, vramTotalBytes = 0, sharedMemoryBytes}: GpuReport, availableBytes: number): number {
	return unifiedMemory ? Math.min(availableBytes, sharedMemoryBytes ?? vramFreeBytes ?? availableBytes) : vramFreeBytes ?? vramTotalBytes;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
