import {type SamplingSettings} from '../types/generation.js';
import {
	formatNamedNumbers,
	parseNamedNumbers,
	type NumberField,
	type Parsed,
} from './named-numbers.js';

const fields: readonly NumberField[] = [
	{name: 'temperature', minimum: 0, maximum: 5},
	{name: 'top_p', minimum: 0, maximum: 1},
	{
		name: 'top_k', minimum: 0, maximum: 1000, isInteger: true,
	},
	{name: 'min_p', minimum: 0, maximum: 1},
	{name: 'repeat_penalty', minimum: 0.1, maximum: 5},
	{
		name: 'max_tokens', minimum: 1, maximum: 1_000_000, isInteger: true,
	},
	{
		name: 'seed', minimum: 0, maximum: 4_294_967_295, isInteger: true, isOptional: true,
	},
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
