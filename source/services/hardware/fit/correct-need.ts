import {type MemoryMeasurement, type MemoryNeed} from '../../../types/fit.js';
import {sumNeed} from '../memory/sum-need.js';

// Whatever was measured, nothing is estimated to take less or more than so many times what the rules say.
const least = 0.8;
const most = 1.5;

/**
The need as earlier loads on this machine correct it: everything in main memory but the weights, which are exact, times the median of measured over estimated. Loads of the same model are to be given where there are any; none, and the need stays as it is. Pure.
*/
export function correctNeed(need: MemoryNeed, measurements: readonly MemoryMeasurement[]): MemoryNeed {
	const ratios = measurements
		.map(({estimatedBytes, measuredBytes, weightBytes}) => (measuredBytes - weightBytes) / (estimatedBytes - weightBytes))
		.filter(ratio => Number.isFinite(ratio) && ratio > 0);
	if (ratios.length === 0) {
		return need;
	}

	const factor = Math.min(most, Math.max(least, median(ratios)));
	const lines = need.lines.map(line => line.place === 'gpu' || line.part === 'weights' || line.part === 'experts' ? line : {...line, bytes: Math.round(line.bytes * factor)});
	return {
		...sumNeed(lines, {approximate: need.approximate, mappedBytes: need.memoryBytes - need.heldBytes, reclaimableBytes: need.reclaimableBytes}),
		correction: {uncorrectedBytes: need.totalBytes, factor, loads: ratios.length},
	};
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
