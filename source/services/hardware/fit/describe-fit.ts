import {formatBytes} from '../../../format/bytes.js';
import {formatInteger} from '../../../format/number.js';
import {type FitVerdict} from '../../../types/fit.js';
import {memoryMarginBytes} from '../margins.js';
import {type Arrangement, memoryBytesOf} from './arrange.js';
import {type Room} from './room.js';

/**
A verdict in one sentence, with the figures that it rests on.
*/
export function describeFit(judged: Judged, room: Room, arrangement: Pick<Arrangement, 'shortOfGpuBytes' | 'shortOfMemoryBytes'>): string {
	const {level, need, gpuLayers, layerCount, contextLength, wantedContextLength} = judged;
	const {gpuName, inMemory, onGpu, share} = figuresOf(judged, room);
	switch (level) {
		case 'gpu': {
			return `Fits wholly on ${gpuName}: ${onGpu}.`;
		}

		case 'split': {
			return `Fits split: ${share} on ${gpuName} (${onGpu}), the rest in memory (${inMemory}).`;
		}

		case 'memory': {
			return `Fits in memory: ${inMemory}.`;
		}

		case 'tight': {
			const byUsing = `only by using the ${formatBytes(memoryMarginBytes)} kept free for other programs: ${inMemory}`;
			return gpuLayers === 0 || room.gpus?.isUnified === true ? `Fits ${byUsing}.` : `Fits on ${gpuName} (${share}, ${onGpu}), in main memory ${byUsing}.`;
		}

		case 'less-context': {
			const isMarginUsed = memoryBytesOf(need, room) + memoryMarginBytes > room.memoryBytes;
			return `Fits with ${formatInteger(contextLength)} tokens of context, not with ${formatInteger(wantedContextLength)}${isMarginUsed ? `, and only by using the ${formatBytes(memoryMarginBytes)} kept free for other programs` : ''}: ${gpuLayers === layerCount ? onGpu : inMemory}.`;
		}

		case 'none': {
			return `Does not fit${describeLack(judged, room, arrangement)}.`;
		}
	}
}

type Judged = Omit<FitVerdict, 'reason' | 'advice'>;

function figuresOf({need, gpuLayers, layerCount}: Judged, room: Room) {
	const about = need.approximate ? 'about ' : '';
	const {gpus} = room;
	return {
		gpuName: gpus === undefined ? 'the GPU' : `the GPU${gpus.count > 1 ? 's' : ''} ${gpus.name}`,
		inMemory: `${about}${formatBytes(memoryBytesOf(need, room))} needed, ${formatBytes(room.memoryBytes)} available`,
		onGpu: `${about}${formatBytes(need.gpuBytes)} needed, ${formatBytes(gpus?.freeBytes ?? 0)} free`,
		share: need.approximate ? `about ${Math.round(gpuLayers / layerCount * 100)} %` : `${gpuLayers} of ${layerCount} layers`,
	};
}

/**
Which place is short, and by how much: the GPU, main memory, or both.
*/
function describeLack(judged: Judged, room: Room, {shortOfGpuBytes, shortOfMemoryBytes}: Pick<Arrangement, 'shortOfGpuBytes' | 'shortOfMemoryBytes'>): string {
	const {gpuName, inMemory, onGpu, share} = figuresOf(judged, room);
	const lackInMemory = `${inMemory}, ${formatBytes(shortOfMemoryBytes)} short`;
	const beside = judged.gpuLayers === 0 || room.gpus?.isUnified === true ? '' : `beside ${share} on ${gpuName}, in memory: `;
	return shortOfGpuBytes === 0
		? `: ${beside}${lackInMemory}`
		: ` on ${gpuName} with ${share}: ${onGpu}, ${formatBytes(shortOfGpuBytes)} short with what is kept free there${shortOfMemoryBytes > 0 ? `; in memory: ${lackInMemory}` : ''}`;
}
