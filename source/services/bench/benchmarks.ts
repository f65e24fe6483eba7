import {type Abortable} from '../../types/abortable.js';
import {type BenchmarkRequest, type BenchmarkRun} from '../../types/benchmark.js';
import {type BenchmarkOptions} from './run-benchmark.js';

export type Benchmarks = {
	/**
	Loads the model, warms up once, measures, and keeps the result.
	*/
	readonly run: (request: BenchmarkRequest, options: Abortable & BenchmarkOptions) => Promise<BenchmarkRun>;
	/**
	Newest first.
	*/
	readonly history: () => Promise<readonly BenchmarkRun[]>;
	readonly delete: (id: string) => Promise<void>;
};
