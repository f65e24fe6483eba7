import {type BenchmarkRequest} from '../types/benchmark.js';
import {
	formatNamedNumbers,
	parseNamedNumbers,
	type NumberField,
	type Parsed,
} from './named-numbers.js';
import {benchNumbers} from './setting-numbers.js';

export type BenchSettings = Omit<BenchmarkRequest, 'modelId'>;

const fields: readonly NumberField[] = Object.entries(benchNumbers).map(([name, bounds]) => ({name, ...bounds}));

/**
One line that `parseBenchSettings` reads back.
*/
export function formatBenchSettings({iterations, promptTokens, generatedTokens}: BenchSettings): string {
	return formatNamedNumbers({iterations, prompt_tokens: promptTokens, generated_tokens: generatedTokens});
}

/**
What is not named stays as it is in `current`.
*/
export function parseBenchSettings(text: string, current: BenchSettings): Parsed<BenchSettings> {
	const parsed = parseNamedNumbers(text, fields);
	if ('problem' in parsed) {
		return parsed;
	}

	const {value} = parsed;
	return {
		value: {
			iterations: value.iterations ?? current.iterations,
			promptTokens: value.prompt_tokens ?? current.promptTokens,
			generatedTokens: value.generated_tokens ?? current.generatedTokens,
		},
	};
}
