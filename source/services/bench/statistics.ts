import {type Spread} from '../../types/benchmark.js';

/**
Median, extremes and the standard deviation of a sample (n − 1 in the denominator, as llama-bench has it; 0 for one value).
@param values At least one number.
*/
export function spreadOf(values: readonly number[]): Spread {
	const sorted = values.toSorted((a, b) => a - b);
	return {
		median: medianOfSorted(sorted),
		minimum: sorted[0]!,
		maximum: sorted.at(-1)!,
		standardDeviation: standardDeviation(sorted),
	};
}

function medianOfSorted(sorted: readonly number[]): number {
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function standardDeviation(values: readonly number[]): number {
	if (values.length < 2) {
		return 0;
	}

	const mean = sum(values) / values.length;
	return Math.sqrt(sum(values.map(value => (value - mean) ** 2)) / (values.length - 1));
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
