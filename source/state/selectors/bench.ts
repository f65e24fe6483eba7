import {type BenchmarkRun} from '../../types/benchmark.js';
import {type AppState} from '../state.js';
import {memoize} from './memoize.js';

/**
A result with its share of the fastest, for the bar.
*/
export type BenchRow = {
	readonly run: BenchmarkRun;
	/**
	0–1.
	*/
	readonly share: number;
};

/**
The results with bars that compare their generation speed.
*/
export function selectBenchRows({bench}: AppState): readonly BenchRow[] {
	return rowsOf(bench.runs);
}

const rowsOf = memoize((runs: readonly BenchmarkRun[]): readonly BenchRow[] => {
	let fastest = 0;
	for (const run of runs) {
		fastest = Math.max(fastest, run.generationTokensPerSecond.median);
	}

	return runs.map(run => ({run, share: fastest === 0 ? 0 : run.generationTokensPerSecond.median / fastest}));
});

/**
What is being measured now, in words; empty when nothing is.
*/
export function selectBenchActivity({bench, library}: AppState): string {
	const [modelId] = bench.queue;
	if (modelId === undefined) {
		return '';
	}

	const name = library.models.find(({id}) => id === modelId)?.name ?? modelId;
	const {progress} = bench;
	if (!progress || progress.phase === 'loading') {
		return `${name}: loading`;
	}

	const {phase, completed, iterations, generatedTokens, latest} = progress;
	const step = phase === 'warming-up' ? 'warming up' : `iteration ${Math.min(completed + 1, iterations)} of ${iterations}`;
	const speed = latest ? ` · last ${latest.generationTokensPerSecond.toFixed(1)} tokens/s` : '';
	return `${name}: ${step} · ${generatedTokens} of ${bench.settings.generatedTokens} tokens${speed}`;
}

/**
What is measured after that, in words; empty when nothing is.
*/
export function selectBenchWaiting({bench}: AppState): string {
	return bench.queue.length > 1 ? `${bench.queue.length - 1} more to come` : '';
}

/**
0–1 of the measurement under way.
*/
export function selectBenchFraction({bench}: AppState): number {
	const {progress, settings} = bench;
	if (!progress) {
		return 0;
	}

	// The warm-up is one iteration too.
	const done = progress.phase === 'measuring' ? progress.completed + 1 : 0;
	const under = progress.phase === 'loading' ? 0 : Math.min(1, progress.generatedTokens / settings.generatedTokens);
	return Math.min(1, (done + under) / (progress.iterations + 1));
}
