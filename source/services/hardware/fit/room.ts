import {type GpuReport, type HardwareReport} from '../../../types/hardware.js';
import {cardFreeBytes, engineGpus, usableBytesOf} from '../engine-gpus.js';

/**
Where a model can lie on a machine.
*/
export type Room = {
	readonly memoryBytes: number;
	readonly gpus?: GpuRoom;
};

/**
The GPUs that the engine uses, together.
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
	/**
	What lies there lies in main memory, but for what the firmware set aside.
	*/
	readonly isUnified: boolean;
	/**
	Of a GPU that shares the memory, free of what the firmware set aside for it: no part of main memory.
	*/
	readonly reservedBytes: number;
};

export function roomOf({gpus, memory: {availableBytes}}: Pick<HardwareReport, 'gpus' | 'memory'>): Room {
	const used = engineGpus(gpus);
	const room = used[0]?.unifiedMemory === true ? sharedRoomOf(used[0], availableBytes) : cardsRoomOf(used);
	return {memoryBytes: availableBytes, ...(room.usableBytes > 0 && {gpus: room})};
}

function cardsRoomOf(cards: readonly GpuReport[]): GpuRoom {
	const names = new Set(cards.map(({name}) => name));
	return {
		name: cards.length === 1 ? cards[0]!.name : `${cards.length} × ${names.size === 1 ? cards[0]!.name : cards[0]?.vendor}`,
		count: cards.length,
		freeBytes: sum(cards.map(card => cardFreeBytes(card))),
		usableBytes: sum(cards.map(card => usableBytesOf(card))),
		isUnified: false,
		reservedBytes: 0,
	};
}

/**
What the driver lets the GPU use of main memory, as far as that is free, and what the firmware set aside.
*/
function sharedRoomOf({name, vramTotalBytes = 0, vramFreeBytes, sharedMemoryBytes = Infinity, sharedMemoryFreeBytes = sharedMemoryBytes}: GpuReport, availableBytes: number): GpuRoom {
	const reservedBytes = Math.min(vramTotalBytes, vramFreeBytes ?? vramTotalBytes);
	const freeBytes = reservedBytes + Math.min(availableBytes, sharedMemoryFreeBytes);
	return {
		name, count: 1, freeBytes, usableBytes: freeBytes, isUnified: true, reservedBytes,
	};
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
