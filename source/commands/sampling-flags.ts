import {type SamplingSettings} from '../types/generation.js';
import {type FlagDefinitions, type Flags} from './command.js';
import {integerFlag, numberFlag} from './flags.js';

/**
Flags of everything that generates; the defaults are the settings `chat.*`.
*/
export const samplingFlags: FlagDefinitions = {
	system: {type: 'string', placeholder: 'TEXT', description: 'System prompt; empty for none'},
	temperature: {type: 'string', placeholder: 'N', description: 'Randomness, 0 to 5; 0 always takes the likeliest token'},
	topP: {type: 'string', placeholder: 'N', description: 'Likeliest tokens that make up this share, 0 to 1'},
	topK: {type: 'string', placeholder: 'N', description: 'Likeliest tokens to choose from; 0 for all'},
	minP: {type: 'string', placeholder: 'N', description: 'Least share of the likeliest token’s probability, 0 to 1'},
	repeatPenalty: {type: 'string', placeholder: 'N', description: 'Penalty on repetition, 0.5 to 2; 1 for none'},
	maxTokens: {type: 'string', placeholder: 'N', description: 'Tokens to generate at most'},
	seed: {type: 'string', placeholder: 'N', description: 'The same seed gives the same answer'},
	verbose: {type: 'boolean', description: 'Tell tokens, rates and times on stderr'},
};

/**
The settings with what the flags change.
@throws UsageError `invalid_flag`.
*/
export function readSampling(flags: Flags, defaults: SamplingSettings): SamplingSettings {
	const seed = integerFlag(flags, 'seed', {minimum: 0, maximum: 4_294_967_295}) ?? defaults.seed;
	return {
		temperature: numberFlag(flags, 'temperature', {minimum: 0, maximum: 5}) ?? defaults.temperature,
		topP: numberFlag(flags, 'topP', {minimum: 0, maximum: 1}) ?? defaults.topP,
		topK: integerFlag(flags, 'topK', {minimum: 0, maximum: 1000}) ?? defaults.topK,
		minP: numberFlag(flags, 'minP', {minimum: 0, maximum: 1}) ?? defaults.minP,
		repeatPenalty: numberFlag(flags, 'repeatPenalty', {minimum: 0.5, maximum: 2}) ?? defaults.repeatPenalty,
		maxTokens: integerFlag(flags, 'maxTokens', {minimum: 1, maximum: 1_048_576}) ?? defaults.maxTokens,
		...(seed !== undefined && {seed}),
	};
}
