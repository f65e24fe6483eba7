import {formatInteger} from '../format/number.js';
import {wrapCells} from '../format/wrap.js';
import {type SpeedEstimate} from '../types/speed.js';

/**
What a benchmark on this machine measured, and what was estimated before it, as fields; none where the model was not measured here.
*/
export function measuredFields({measured}: SpeedEstimate): ReadonlyArray<readonly [label: string, value: string]> {
	if (measured === undefined) {
		return [];
	}

	const {generationTokensPerSecond, promptTokensPerSecond, estimate, measuredAt, depthTokens, threads} = measured;
	return [
		['measured here', `${figure(generationTokensPerSecond)} tokens/s, prompts ${figure(promptTokensPerSecond)} (${measuredAt.slice(0, 10)}, at ${formatInteger(Math.round(depthTokens))} tokens, ${threads} ${threads === 1 ? 'thread' : 'threads'})`],
		['estimated then', `${figure(estimate.generationTokensPerSecond)} tokens/s, ${errorInWords(estimate.generationTokensPerSecond, generationTokensPerSecond)}`],
	];
}

/**
Why it is as fast as it is estimated, a sentence a line, broken where the terminal ends.
*/
export function formatExplanation({explanation}: SpeedEstimate, width: number | undefined): string {
	return explanation.flatMap(sentence => width === undefined ? [sentence] : wrapCells(sentence, width)).join('\n');
}

/**
`14 % too many`, `34 % too few`; from twice on, how many times.
*/
function errorInWords(estimated: number, measured: number): string {
	const ratio = estimated / measured;
	if (ratio >= 2) {
		return `${figure(ratio)} times too many`;
	}

	const error = Math.round((ratio - 1) * 100);
	return error === 0 ? 'as it was' : `${Math.abs(error)} % too ${error > 0 ? 'many' : 'few'}`;
}

function figure(value: number): string {
	return value < 10 ? value.toPrecision(2) : formatInteger(Math.round(value));
}
