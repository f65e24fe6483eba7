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
	/**
	What a benchmark of this model on this machine measured, of several the one most like what is asked.
	*/
	readonly measured?: MeasuredSpeed;
};

/**
A benchmark beside what was estimated before it.
*/
export type MeasuredSpeed = {
	readonly generationTokensPerSecond: number;
	readonly promptTokensPerSecond: number;
	readonly estimate: {
		readonly generationTokensPerSecond: number;
		readonly promptTokensPerSecond: number;
	};
	/**
	ISO 8601.
	*/
	readonly measuredAt: string;
	/**
	Tokens in the context while generating, on average.
	*/
	readonly depthTokens: number;
	readonly threads: number;
	/**
	Benchmarks of this model on this machine.
	*/
	readonly runs: number;
};

/**
Whether, where and how fast a model runs on a machine; without the speed where it does not run.
*/
export type Fit = FitVerdict & {readonly speed?: SpeedEstimate};
