import {type Abortable} from '../../types/abortable.js';
import {type BenchmarkProgress, type BenchmarkRequest, type BenchmarkRun} from '../../types/benchmark.js';

export type Benchmarks = {
	/**
	Loads the model, warms up once, measures, and keeps the result.
	*/
	readonly run: (request: BenchmarkRequest, options: Abortable & {
		readonly onProgress?: (progress: BenchmarkProgress) => void;
	}) => Promise<BenchmarkRun>;
	/**
	Newest first.
	*/
	readonly history: () => Promise<readonly BenchmarkRun[]>;
	readonly delete: (id: string) => Promise<void>;
};
