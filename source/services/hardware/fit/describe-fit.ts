import {formatBytes} from '../../../format/bytes.js';
import {formatInteger} from '../../../format/number.js';
import {type FitVerdict} from '../../../types/fit.js';
import {memoryMarginBytes} from '../margins.js';
import {type Arrangement, memoryBytesOf} from './arrange.js';
import {type Room} from './room.js';

/**
A verdict in one sentence, with the figures that it rests on.
*/
export function describeFit({level, need, gpuLayers, layerCount, contextLength, wantedContextLength}: Omit<FitVerdict, 'reason' | 'advice'>, room: Room, {shortOfGpuBytes, shortOfMemoryBytes}: Pick<Arrangement, 'shortOfGpuBytes' | 'shortOfMemoryBytes'>): string {
	const about = need.approximate ? 'about ' : '';
	const {gpus} = room;
	const gpuName = gpus === undefined ? 'the GPU' : `the GPU${gpus.count > 1 ? 's' : ''} ${gpus.name}`;
	const inMemory = `${about}${formatBytes(memoryBytesOf(need, room))} needed, ${formatBytes(room.memoryBytes)} available`;
	const onGpu = `${about}${formatBytes(need.gpuBytes)} needed, ${formatBytes(gpus?.freeBytes ?? 0)} free`;
	const share = need.approximate ? `about ${Math.round(gpuLayers / layerCount * 100)} %` : `${gpuLayers} of ${layerCount} layers`;
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
			return gpuLayers === 0 || gpus?.isUnified === true ? `Fits ${byUsing}.` : `Fits on ${gpuName} (${share}, ${onGpu}), in main memory ${byUsing}.`;
		}

		case 'less-context': {
			const isMarginUsed = memoryBytesOf(need, room) + memoryMarginBytes > room.memoryBytes;
			return `Fits with ${formatInteger(contextLength)} tokens of context, not with ${formatInteger(wantedContextLength)}${isMarginUsed ? `, and only by using the ${formatBytes(memoryMarginBytes)} kept free for other programs` : ''}: ${gpuLayers === layerCount ? onGpu : inMemory}.`;
		}

		case 'none': {
			const onGpus = shortOfGpuBytes === 0 ? [] : [`on ${gpuName} with ${share}: ${onGpu}, ${formatBytes(shortOfGpuBytes)} short with what is kept free there`];
			const inRest = shortOfMemoryBytes === 0 && shortOfGpuBytes > 0 ? [] : [`${shortOfGpuBytes === 0 ? '' : 'in memory: '}${inMemory}, ${formatBytes(shortOfMemoryBytes)} short`];
			return `Does not fit${shortOfGpuBytes === 0 ? ': ' : ' '}${[...onGpus, ...inRest].join('; ')}.`;
		}
	}
}
