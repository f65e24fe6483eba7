import {type SamplingSettings} from '../types/generation.js';
import {
	formatNamedNumbers,
	parseNamedNumbers,
	type NumberField,
	type Parsed,
} from './named-numbers.js';
import {samplingNumbers, seedNumber} from './setting-numbers.js';

const fields: readonly NumberField[] = [
	...Object.entries(samplingNumbers).map(([name, bounds]) => ({name, ...bounds})),
	{name: 'seed', ...seedNumber, isOptional: true},
];

/**
One line that `parseSampling` reads back.
*/
export function formatSampling({temperature, topP, topK, minP, repeatPenalty, maxTokens, seed}: SamplingSettings): string {
	return formatNamedNumbers({
		temperature, top_p: topP, top_k: topK, min_p: minP, repeat_penalty: repeatPenalty, max_tokens: maxTokens, seed,
	});
}

/**
What is not named stays as it is in `current`.
*/
export function parseSampling(text: string, current: SamplingSettings): Parsed<SamplingSettings> {
	const parsed = parseNamedNumbers(text, fields);
	if ('problem' in parsed) {
		return parsed;
	}

	const {value} = parsed;
	return {
		value: {
			temperature: value.temperature ?? current.temperature,
			topP: value.top_p ?? current.topP,
			topK: value.top_k ?? current.topK,
			minP: value.min_p ?? current.minP,
			repeatPenalty: value.repeat_penalty ?? current.repeatPenalty,
			maxTokens: value.max_tokens ?? current.maxTokens,
			seed: 'seed' in value ? value.seed : current.seed,
		},
	};
}
