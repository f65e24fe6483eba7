import {type MemoryLine, type MemoryNeed, type MemoryPlace} from '../../../types/fit.js';

/**
The lines with their sums.
*/
export function sumNeed(lines: readonly MemoryLine[], {approximate, mappedBytes, reclaimableBytes}: Pick<MemoryNeed, 'approximate' | 'reclaimableBytes'> & {readonly mappedBytes: number}): MemoryNeed {
	const gpuBytes = bytesIn(lines, 'gpu');
	const memoryBytes = bytesIn(lines, 'memory');
	return {
		lines,
		totalBytes: gpuBytes + memoryBytes,
		gpuBytes,
		memoryBytes,
		heldBytes: memoryBytes - mappedBytes,
		reclaimableBytes,
		approximate,
	};
}

function bytesIn(lines: readonly MemoryLine[], place: MemoryPlace): number {
	return lines.reduce((sum, line) => sum + (line.place === place ? line.bytes : 0), 0);
}
