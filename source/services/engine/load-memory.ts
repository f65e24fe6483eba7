import {availableParallelism, cpus, totalmem} from 'node:os';
import {type LoadedModel} from '../../types/engine.js';
import {type MemoryNeed, type MemoryPart} from '../../types/fit.js';
import {isResident, readHostMemory, usedBytes} from './memory-use.js';
import {type Host} from './start-host.js';
import {readVramUse} from './vram-use.js';

/**
What a host that has just loaded a model was expected to take, and takes. Nothing is computed yet, so the buffer for that is in memory only as a promise: the system has given no page of it.
*/
export async function loadMemoryOf(host: Pick<Host, 'processId' | 'link'>, need: MemoryNeed): Promise<LoadedModel['memory']> {
	const [use, vram] = await Promise.all([readHostMemory(host), need.gpuBytes > 0 ? readVramUse(host.processId) : undefined]);
	return {
		machine: currentMachineName(),
		estimatedBytes: need.memoryBytes - bytesInMemory(need, ['compute']),
		weightBytes: bytesInMemory(need, ['weights', 'experts']),
		...(use && isResident(use, need) && {measuredBytes: usedBytes(use, need)}),
		...(need.gpuBytes > 0 && {estimatedVramBytes: need.gpuBytes}),
		...(vram !== undefined && {measuredVramBytes: vram}),
	};
}

/**
By which loads on this machine are told from those on another that shares the home.
*/
export function currentMachineName(): string {
	return `${(cpus()[0]?.model ?? 'unknown CPU').trim().slice(0, 200)}, ${availableParallelism()} cores, ${Math.round(totalmem() / 1e9)} GB`;
}

function bytesInMemory({lines}: MemoryNeed, parts: readonly MemoryPart[]): number {
	return lines.filter(({part, place}) => place === 'memory' && parts.includes(part)).reduce((sum, {bytes}) => sum + bytes, 0);
}
