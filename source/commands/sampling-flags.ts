import {boundsOf, samplingNumbers, seedNumber} from '../format/setting-numbers.js';
import {type SamplingSettings} from '../types/generation.js';
import {type FlagDefinitions, type Flags} from './command.js';
import {integerFlag, numberFlag} from './flags.js';

/**
Flags of everything that generates; the defaults are those of the template, then the settings `chat.*`.
*/
export const samplingFlags: FlagDefinitions = {
	template: {type: 'string', placeholder: 'NAME', description: 'Configuration template: interface, knowledge, or one of the config; empty for none'},
	system: {type: 'string', placeholder: 'TEXT', description: 'System prompt; empty for none'},
	temperature: {type: 'string', placeholder: 'N', description: `Randomness, ${boundsOf(samplingNumbers.temperature)}; 0 always takes the likeliest token`},
	topP: {type: 'string', placeholder: 'N', description: `Likeliest tokens that make up this share, ${boundsOf(samplingNumbers.top_p)}`},
	topK: {type: 'string', placeholder: 'N', description: 'Likeliest tokens to choose from; 0 for all'},
	minP: {type: 'string', placeholder: 'N', description: `Least share of the likeliest token’s probability, ${boundsOf(samplingNumbers.min_p)}`},
	repeatPenalty: {type: 'string', placeholder: 'N', description: `Penalty on repetition, ${boundsOf(samplingNumbers.repeat_penalty)}; 1 for none`},
	maxTokens: {type: 'string', placeholder: 'N', description: 'Tokens to generate at most'},
	seed: {type: 'string', placeholder: 'N', description: 'The same seed gives the same answer'},
	verbose: {type: 'boolean', description: 'Tell tokens, rates and times on stderr'},
};

/**
The settings with what the flags change.
@throws UsageError `invalid_flag`.
*/
export function readSampling(flags: Flags, defaults: SamplingSettings): SamplingSettings {
	const seed = integerFlag(flags, 'seed', seedNumber) ?? defaults.seed;
	return {
		temperature: numberFlag(flags, 'temperature', samplingNumbers.temperature) ?? defaults.temperature,
		topP: numberFlag(flags, 'topP', samplingNumbers.top_p) ?? defaults.topP,
		topK: integerFlag(flags, 'topK', samplingNumbers.top_k) ?? defaults.topK,
		minP: numberFlag(flags, 'minP', samplingNumbers.min_p) ?? defaults.minP,
		repeatPenalty: numberFlag(flags, 'repeatPenalty', samplingNumbers.repeat_penalty) ?? defaults.repeatPenalty,
		maxTokens: integerFlag(flags, 'maxTokens', samplingNumbers.max_tokens) ?? defaults.maxTokens,
		...(seed !== undefined && {seed}),
	};
}
