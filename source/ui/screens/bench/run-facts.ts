import {nameWithQuantization} from '../../../format/model-name.js';
import {formatInteger} from '../../../format/number.js';
import {type BenchmarkRun} from '../../../types/benchmark.js';

export function runName({name, quantization}: BenchmarkRun): string {
	return nameWithQuantization(name, quantization);
}

/**
How it was measured, and on what: `5 × (512 + 128 tokens) · 8 threads · context 2,048 · CPU`.
*/
export function runFacts({iterations, threads, contextSize, device}: BenchmarkRun): string {
	const [first] = iterations;
	return [
		`${iterations.length} × (${formatInteger(first?.promptTokens ?? 0)} + ${formatInteger(first?.generatedTokens ?? 0)} tokens)`,
		threads === 1 ? '1 thread' : `${threads} threads`,
		`context ${formatInteger(contextSize)}`,
		device,
	].join(' · ');
}
