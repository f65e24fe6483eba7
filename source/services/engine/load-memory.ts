import {type LoadedModel} from '../../types/engine.js';
import {type MemoryNeed, type MemoryPart} from '../../types/fit.js';
import {readMemoryUse, usedBytes} from './memory-use.js';
import {readVramUse} from './vram-use.js';

/**
What a host that has just loaded a model was expected to take, and takes. Nothing is computed yet, so the buffer for that is in memory only as a promise: the system has given no page of it.
*/
export async function loadMemoryOf(processId: number, need: MemoryNeed): Promise<LoadedModel['memory']> {
	const [use, vram] = await Promise.all([readMemoryUse(processId), need.gpuBytes > 0 ? readVramUse(processId) : undefined]);
	return {
		estimatedBytes: need.memoryBytes - bytesInMemory(need, ['compute']),
		weightBytes: bytesInMemory(need, ['weights', 'experts']),
		...(use && {measuredBytes: usedBytes(use, need)}),
		...(need.gpuBytes > 0 && {estimatedVramBytes: need.gpuBytes}),
		...(vram !== undefined && {measuredVramBytes: vram}),
	};
}

function bytesInMemory({lines}: MemoryNeed, parts: readonly MemoryPart[]): number {
	return lines.filter(({part, place}) => place === 'memory' && parts.includes(part)).reduce((sum, {bytes}) => sum + bytes, 0);
}
