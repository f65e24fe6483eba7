import {type SpeedModel, type SpeedPlan} from './speed-subject.js';
import {type SpeedEstimate} from './speed.js';

export type BenchmarkRequest = {
	/**
	Id of an installed model.
	*/
	readonly modelId: string;
	/**
	Counted iterations, after one warm-up that is not.
	*/
	readonly iterations: number;
	readonly promptTokens: number;
	readonly generatedTokens: number;
};

export type BenchmarkIteration = {
	readonly promptTokens: number;
	readonly generatedTokens: number;
	readonly promptTokensPerSecond: number;
	readonly generationTokensPerSecond: number;
	readonly timeToFirstTokenMs: number;
	readonly interTokenLatencyMs: number;
};

/**
Of one figure over the iterations.
*/
export type Spread = {
	readonly median: number;
	readonly minimum: number;
	readonly maximum: number;
	readonly standardDeviation: number;
};

/**
A finished benchmark as kept in the history.
*/
export type BenchmarkRun = {
	readonly id: string;
	readonly modelId: string;
	readonly ref: string;
	readonly name: string;
	readonly quantization: string;
	readonly startedAt: string;
	readonly iterations: readonly BenchmarkIteration[];
	readonly promptTokensPerSecond: Spread;
	readonly generationTokensPerSecond: Spread;
	readonly timeToFirstTokenMs: Spread;
	readonly interTokenLatencyMs: Spread;
	/**
	Highest resident memory of the engine host.
	*/
	readonly peakMemoryBytes: number;
	readonly threads: number;
	readonly contextSize: number;
	/**
	CPU or GPU model that ran it.
	*/
	readonly device: string;
	/**
	What its speed can be estimated from; missing in older runs.
	*/
	readonly subject?: BenchmarkSubject;
	/**
	What was estimated for it before it ran.
	*/
	readonly estimate?: BenchmarkEstimate;
};

export type BenchmarkSubject = {
	readonly model: SpeedModel;
	readonly plan: SpeedPlan;
};

export type BenchmarkEstimate = Pick<SpeedEstimate, 'generationTokensPerSecond' | 'promptTokensPerSecond' | 'timeToFirstTokenMs'>;

export type BenchmarkProgress = {
	readonly phase: 'loading' | 'warming-up' | 'measuring';
	/**
	Counted iterations done.
	*/
	readonly completed: number;
	readonly iterations: number;
	readonly generatedTokens: number;
	readonly latest?: BenchmarkIteration;
};
