import {type MemoryLine, type MemoryNeed, type MemoryPlace} from '../../../types/fit.js';

/**
The lines with their sums.
*/
export function sumNeed(lines: readonly MemoryLine[], {approximate}: {readonly approximate: boolean}): MemoryNeed {
	const gpuBytes = bytesIn(lines, 'gpu');
	const memoryBytes = bytesIn(lines, 'memory');
	return {
		lines,
		totalBytes: gpuBytes + memoryBytes,
		gpuBytes,
		memoryBytes,
		approximate,
	};
}

function bytesIn(lines: readonly MemoryLine[], place: MemoryPlace): number {
	return lines.reduce((sum, line) => sum + (line.place === place ? line.bytes : 0), 0);
}
