import {
	type MemoryLine,
	type MemoryMeasurement,
	type MemoryNeed,
	type MemoryPlace,
} from '../../../types/fit.js';
import {sumNeed} from '../memory/sum-need.js';

// However much was measured, all but the weights is estimated to take no more than so many times what the rules say.
const most = 1.5;

/**
The need as earlier loads on this machine correct it: raised, in main memory and on the GPU, by the median of what they used above their estimate; never lowered, because what a host holds just after a load is the least it will. Bytes and not a share, in a line of their own, because what the estimate misses is mostly the engine itself, whatever it loads, while the other lines are sums that a load does not change. Loads of the same model are to be given where there are any; those with a GPU count for those with a GPU only. Pure.
*/
export function correctNeed(need: MemoryNeed, measurements: readonly MemoryMeasurement[]): MemoryNeed {
	const alike = measurements.filter(({estimatedVramBytes = 0}) => (estimatedVramBytes > 0) === (need.gpuBytes > 0));
	const added = [
		lineOf(need, 'memory', alike.map(({measuredBytes, estimatedBytes}) => measuredBytes - estimatedBytes)),
		lineOf(need, 'gpu', alike.flatMap(({measuredVramBytes, estimatedVramBytes = 0}) => (measuredVramBytes === undefined ? [] : [measuredVramBytes - estimatedVramBytes]))),
	].filter(line => line !== undefined);
	if (added.length === 0) {
		return need;
	}

	const variableBytes = variableBytesOf(need.lines);
	const addedBytes = added.reduce((sum, {bytes}) => sum + bytes, 0);
	return {
		...sumNeed([...need.lines, ...added], {approximate: need.approximate, mappedBytes: need.memoryBytes - need.heldBytes, reclaimableBytes: need.reclaimableBytes}),
		correction: {uncorrectedBytes: need.totalBytes, factor: (variableBytes + addedBytes) / variableBytes, loads: alike.length},
	};
}

function lineOf(need: MemoryNeed, place: MemoryPlace, missed: readonly number[]): MemoryLine | undefined {
	const variableBytes = variableBytesOf(need.lines.filter(line => line.place === place));
	const bytes = Math.round(Math.min(median(missed), variableBytes * (most - 1)));
	return bytes > 0
		? {
			label: 'more, as loads on this machine showed', bytes, part: 'engine', place,
		}
		: undefined;
}

function variableBytesOf(lines: readonly MemoryLine[]): number {
	return lines.reduce((sum, {part, bytes}) => sum + (part === 'weights' || part === 'experts' ? 0 : bytes), 0);
}

/**
The measurements that tell most of a model: its own, or those of all where it was never loaded.
*/
export function measurementsFor(modelId: string, measurements: readonly MemoryMeasurement[]): readonly MemoryMeasurement[] {
	const own = measurements.filter(measurement => measurement.modelId === modelId);
	return own.length > 0 ? own : measurements;
}

/**
0 of none.
*/
function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
