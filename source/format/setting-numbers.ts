import {type BenchmarkRequest} from '../types/benchmark.js';
import {type SamplingSettings} from '../types/generation.js';

/**
What a number that can be set may be, ends included, and what it is until somebody sets it.
*/
export type SettingNumber = {
	readonly minimum: number;
	readonly maximum: number;
	readonly isInteger: boolean;
	readonly usual: number;
};

/**
How an answer is sampled, by the names in the config. Config, prompts and flags all read this table.
*/
export const samplingNumbers = {
	temperature: decimal(0, 5, 0.7),
	top_p: decimal(0, 1, 0.95),
	top_k: whole(0, 1000, 40),
	min_p: decimal(0, 1, 0.05),
	repeat_penalty: decimal(0.1, 5, 1.1),
	max_tokens: whole(1, 1_048_576, 1024),
} as const;

/**
Of the random numbers; none unless somebody sets it.
*/
export const seedNumber = {minimum: 0, maximum: 4_294_967_295, isInteger: true} as const;

/**
How a model is measured. Below two generated tokens there is no time between tokens.
*/
export const benchNumbers = {
	iterations: whole(1, 1000, 5),
	prompt_tokens: whole(1, 131_072, 512),
	generated_tokens: whole(2, 131_072, 128),
} as const;

export const usualSampling: SamplingSettings = {
	temperature: samplingNumbers.temperature.usual,
	topP: samplingNumbers.top_p.usual,
	topK: samplingNumbers.top_k.usual,
	minP: samplingNumbers.min_p.usual,
	repeatPenalty: samplingNumbers.repeat_penalty.usual,
	maxTokens: samplingNumbers.max_tokens.usual,
};

export const usualBenchSettings: Omit<BenchmarkRequest, 'modelId'> = {
	iterations: benchNumbers.iterations.usual,
	promptTokens: benchNumbers.prompt_tokens.usual,
	generatedTokens: benchNumbers.generated_tokens.usual,
};

/**
The bounds in words: `0.1 to 5`.
*/
export function boundsOf({minimum, maximum}: Pick<SettingNumber, 'minimum' | 'maximum'>): string {
	return `${minimum} to ${maximum}`;
}

function whole(minimum: number, maximum: number, usual: number): SettingNumber {
	return {
		minimum, maximum, usual, isInteger: true,
	};
}

function decimal(minimum: number, maximum: number, usual: number): SettingNumber {
	return {
		minimum, maximum, usual, isInteger: false,
	};
}
