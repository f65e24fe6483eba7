import {type MemoryLine, type MemoryMeasurement, type MemoryNeed} from '../../../types/fit.js';
import {sumNeed} from '../memory/sum-need.js';

// Whatever was measured, all but the weights is estimated to take no less and no more than so many times what the rules say.
const least = 0.8;
const most = 1.5;

/**
The need as earlier loads on this machine correct it: moved by the median of what they used above or below their estimate. Bytes and not a share, because what the estimate misses is mostly the engine itself, whatever it loads. All in main memory but the weights, which are exact, is multiplied to come to that. Loads of the same model are to be given where there are any; without loads the need stays as it is. Pure.
*/
export function correctNeed(need: MemoryNeed, measurements: readonly MemoryMeasurement[]): MemoryNeed {
	const variableBytes = need.lines.reduce((sum, line) => sum + (isVariable(line) ? line.bytes : 0), 0);
	if (measurements.length === 0 || variableBytes === 0) {
		return need;
	}

	const missed = median(measurements.map(({estimatedBytes, measuredBytes}) => measuredBytes - estimatedBytes));
	const factor = Math.min(most, Math.max(least, 1 + (missed / variableBytes)));
	return {
		...sumNeed(need.lines.map(line => isVariable(line) ? {...line, bytes: Math.round(line.bytes * factor)} : line), {
			approximate: need.approximate, mappedBytes: need.memoryBytes - need.heldBytes, reclaimableBytes: need.reclaimableBytes,
		}),
		correction: {uncorrectedBytes: need.totalBytes, factor, loads: measurements.length},
	};
}

function isVariable({place, part}: MemoryLine): boolean {
	return place === 'memory' && part !== 'weights' && part !== 'experts';
}

/**
The measurements that tell most of a model: its own, or those of all where it was never loaded.
*/
export function measurementsFor(modelId: string, measurements: readonly MemoryMeasurement[]): readonly MemoryMeasurement[] {
	const own = measurements.filter(measurement => measurement.modelId === modelId);
	return own.length > 0 ? own : measurements;
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
