import {type Abortable} from '../../types/abortable.js';
import {type GenerationProgress, type GenerationRequest, type GenerationResult} from '../../types/generation.js';
import {type PlanRequest} from '../load-plans/load-plans.js';

/**
Something that generates. One file per provider.
*/
export type Provider = {
	readonly id: string;
	/**
	Whether it answers for this model id or reference.
	*/
	readonly serves: (model: string) => Promise<boolean>;
	/**
	Aborting resolves with what was generated and `stopReason: 'abort'`; it rejects with the reason of the signal where there is no text to keep.
	*/
	readonly generate: (model: string, request: GenerationRequest, options: Abortable & {
		/**
		0–1 while the model is being loaded.
		*/
		readonly onLoad?: (fraction: number) => void;
		/**
		What of the load plan is asked for; providers that load nothing do without.
		*/
		readonly plan?: PlanRequest;
		/**
		One sentence for a person, for example that a model is tried with a smaller context.
		*/
		readonly onNotice?: (sentence: string) => void;
		readonly onProgress?: (progress: GenerationProgress) => void;
	}) => Promise<GenerationResult>;
};
