import {type LoadPlan} from './load-plan.js';
import {type SamplingSettings} from './generation.js';

/**
Settings that belong together for one kind of work. What is missing comes from the config.
*/
export type ConfigurationTemplate = {
	readonly name: string;
	/**
	One sentence: what it is for.
	*/
	readonly description: string;
	/**
	Whether a model answers with text; `false` where only embeddings are wanted.
	*/
	readonly generates: boolean;
	readonly systemPrompt?: string;
	readonly sampling: Partial<SamplingSettings>;
	readonly plan: Partial<Pick<LoadPlan, 'contextSize' | 'batchSize'>>;
	/**
	Comes with Remuda, or is from the user's config.
	*/
	readonly origin: 'built-in' | 'config';
};
