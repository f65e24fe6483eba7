import {randomUUID} from 'node:crypto';
import {NotFoundError} from '../../errors/not-found-error.js';
import {type BenchmarkRun} from '../../types/benchmark.js';
import {type Storage} from '../storage/storage.js';
import {benchmarkRunSchema} from './benchmark-schema.js';
import {type Benchmarks} from './benchmarks.js';
import {type BenchmarkParts, runBenchmark} from './run-benchmark.js';

/**
Benchmarks with the engine of this machine, kept in the storage.
*/
export function createBenchmarks({storage, clock = () => new Date(), ...parts}: Omit<BenchmarkParts, 'history'> & {
	readonly storage: Pick<Storage, 'records'>;
	/**
	The time of day.
	*/
	readonly clock?: () => Date;
}): Benchmarks {
	const records = storage.records<BenchmarkRun>('benchmarks', benchmarkRunSchema);
	return {
		async run(request, options) {
			const startedAt = clock().toISOString();
			const run = {id: randomUUID(), startedAt, ...await runBenchmark({...parts, history: records.list}, request, options)};
			await records.put(run.id, run);
			return run;
		},
		async history() {
			const runs = await records.list();
			return runs.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
		},
		async delete(id) {
			if (!await records.delete(id)) {
				throw new NotFoundError(`There is no benchmark ${id}.`, {code: 'benchmark_not_found', hint: 'It may have been deleted already.'});
			}
		},
	};
}
