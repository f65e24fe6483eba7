import {type FitVerdict} from './fit.js';

/**
In a band that four of five measurements fall into.
*/
export type SpeedRange = {
	readonly expected: number;
	readonly low: number;
	readonly high: number;
};

/**
How fast a model will run on a machine.
*/
export type SpeedEstimate = {
	readonly generationTokensPerSecond: SpeedRange;
	readonly promptTokensPerSecond: SpeedRange;
	/**
	With the model already loaded; reading the prompt, then one token.
	*/
	readonly timeToFirstTokenMs: SpeedRange;
	/**
	Sentences: where the model runs, what bounds it, what was assumed.
	*/
	readonly explanation: readonly string[];
};

/**
Whether, where and how fast a model runs on a machine; without the speed where it does not run.
*/
export type Fit = FitVerdict & {readonly speed?: SpeedEstimate};
