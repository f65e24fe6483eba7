import {type Token} from 'node-llama-cpp';
import {type BenchmarkIteration} from '../../../types/benchmark.js';
import {HostError} from './failures.js';
import {type LoadedSession} from './load-model.js';
import {perSecond} from './per-second.js';
import {createProgressBatcher} from './progress.js';

/**
One iteration of a benchmark, as near to llama-bench as the binding allows: an empty cache, a prompt of exactly `promptTokens` tokens
drawn from the vocabulary with a fixed seed, then exactly `generatedTokens` tokens, chosen greedily, that no end of text stops.
Time to first token holds the whole prompt and one token; inter-token latency is (latency − time to first token) / (tokens − 1).
*/
export async function measure({model, sequence}: LoadedSession, {promptTokens, generatedTokens}: {
	readonly promptTokens: number;
	readonly generatedTokens: number;
}, {signal, onProgress}: {
	readonly signal: AbortSignal;
	readonly onProgress: (generatedTokens: number) => void;
}): Promise<BenchmarkIteration> {
	if (promptTokens + generatedTokens > sequence.contextSize) {
		throw new HostError('context_too_small', `${promptTokens} prompt tokens and ${generatedTokens} generated ones do not fit into a context of ${sequence.contextSize} tokens.`);
	}

	const prompt = drawTokens([...model.iterateAllTokens()].filter(token => !model.isSpecialToken(token) && !model.isEogToken(token)), promptTokens);
	await sequence.clearHistory();
	const batcher = createProgressBatcher((_text, tokens) => {
		onProgress(tokens);
	});
	const startedAt = performance.now();
	let firstAt = startedAt;
	let lastAt = startedAt;
	let generated = 0;
	for await (const _token of sequence.evaluate(prompt, {temperature: 0, yieldEogToken: true})) {
		lastAt = performance.now();
		generated++;
		if (generated === 1) {
			firstAt = lastAt;
		}

		batcher.add('', 1);
		if (generated === generatedTokens) {
			break;
		}

		signal.throwIfAborted();
	}

	batcher.flush();
	const timeToFirstTokenMs = firstAt - startedAt;
	const interTokenLatencyMs = (lastAt - firstAt) / (generated - 1);
	return {
		promptTokens,
		generatedTokens: generated,
		promptTokensPerSecond: perSecond(promptTokens, timeToFirstTokenMs),
		generationTokensPerSecond: perSecond(1, interTokenLatencyMs),
		timeToFirstTokenMs,
		interTokenLatencyMs,
	};
}

/**
`count` tokens drawn with a linear congruential generator (the constants of Numerical Recipes), so that every run evaluates the same.
*/
function drawTokens(vocabulary: readonly Token[], count: number): Token[] {
	const modulus = 2 ** 32;
	let state = 1;
	return Array.from({length: count}, () => {
		// Stays below 2^53, so it is exact.
		state = ((state * 1_664_525) + 1_013_904_223) % modulus;
		return vocabulary[Math.floor((state / modulus) * vocabulary.length)]!;
	});
}
