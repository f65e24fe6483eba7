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
Sentences: how far this machine's benchmarks move the estimate, and which do not.
*/
export function explainCalibration({generation, own, outliers}: ModelCalibration): readonly string[] {
	const sources = [
		...(own === undefined ? [] : ['of this model']),
		...(generation.models === 0 ? [] : [`of ${generation.models} ${own === undefined ? '' : 'other '}${generation.models === 1 ? 'model' : 'models'}`]),
	];
	return [
		...(sources.length === 0 ? [] : [`Moved by ${percent(generation.factor)} after benchmarks ${sources.join(' and ')} on this machine.`]),
		...(outliers === 0 ? [] : [`${outliers === 1 ? 'A benchmark' : `${outliers} benchmarks`} of other models on this machine ${outliers === 1 ? 'is' : 'are'} more than four times off the estimate, and ${outliers === 1 ? 'does' : 'do'} not count for this one.`]),
	];
}

function percent(factor: number): string {
	const change = Math.round((factor - 1) * 100);
	return `${change < 0 ? '−' : '+'}${Math.abs(change)} %`;
}
