import {type MeasuredSpeed} from '../../../types/speed.js';
import {type ModelCalibration, type OwnBenchmark} from './calibrate-to-machine.js';

/**
The benchmark of the model itself beside what was expected of it.
*/
export function measuredSpeedOf({generation, prompt, measuredAt, depthTokens, threads, runs}: OwnBenchmark): MeasuredSpeed {
	return {
		generationTokensPerSecond: generation.measured,
		promptTokensPerSecond: prompt.measured,
		estimate: {
			generationTokensPerSecond: generation.foretold ?? generation.estimated,
			promptTokensPerSecond: prompt.foretold ?? prompt.estimated,
		},
		measuredAt,
		depthTokens,
		threads,
		runs,
	};
}

/**
Sentences: what was measured here of the model itself, and how far this machine's benchmarks move its estimate.
*/
export function explainCalibration({generation, own, outliers}: ModelCalibration): readonly string[] {
	const sources = [
		...(own === undefined ? [] : ['of this model']),
		...(generation.models === 0 ? [] : [`of ${generation.models} ${own === undefined ? '' : 'other '}${generation.models === 1 ? 'model' : 'models'}`]),
	];
	return [
		...(own === undefined ? [] : [measuredInWords(measuredSpeedOf(own))]),
		...(sources.length === 0 ? [] : [`Moved by ${percent(generation.factor)} after benchmarks ${sources.join(' and ')} on this machine.`]),
		...(outliers === 0 ? [] : [`${outliers === 1 ? 'A benchmark' : `${outliers} benchmarks`} of other models on this machine ${outliers === 1 ? 'is' : 'are'} more than four times off the estimate, and ${outliers === 1 ? 'does' : 'do'} not count for this one.`]),
	];
}

/**
`Measured here on 2026-11-20: 55 tokens/s, with 528 tokens in the context and 1 thread; 62 were estimated, 14 % too many.`
*/
export function measuredInWords({generationTokensPerSecond, estimate, measuredAt, depthTokens, threads}: MeasuredSpeed): string {
	return `Measured here on ${measuredAt.slice(0, 10)}: ${figure(generationTokensPerSecond)} tokens/s, with ${depthTokens} tokens in the context and ${threads} ${threads === 1 ? 'thread' : 'threads'}; ${figure(estimate.generationTokensPerSecond)} were estimated, ${errorInWords(estimate.generationTokensPerSecond, generationTokensPerSecond)}.`;
}

/**
`14 % too many`, `34 % too few`; beyond twice, how many times.
*/
export function errorInWords(estimated: number, measured: number): string {
	const ratio = estimated / measured;
	if (ratio >= 2) {
		return `${figure(ratio)} times too many`;
	}

	const error = Math.round((ratio - 1) * 100);
	return error === 0 ? 'which is right' : `${Math.abs(error)} % too ${error > 0 ? 'many' : 'few'}`;
}

function figure(value: number): string {
	return value < 10 ? value.toPrecision(2) : String(Math.round(value));
}

function percent(factor: number): string {
	const change = Math.round((factor - 1) * 100);
	return `${change < 0 ? '−' : '+'}${Math.abs(change)} %`;
}
