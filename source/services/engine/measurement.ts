import {UsageError} from '../../errors/usage-error.js';
import {type Abortable} from '../../types/abortable.js';
import {type BenchmarkIteration} from '../../types/benchmark.js';
import {type LoadedHost} from './load-host.js';
import {measureResultSchema} from './protocol.js';
import {withAbort} from './with-abort.js';

/**
Lets the host measure once. Two tokens are the least that have a time between them.
@throws UsageError `too_few_tokens`; the reason of the signal when that is aborted.
*/
export async function measureWith({host}: LoadedHost, {promptTokens, generatedTokens}: {
	readonly promptTokens: number;
	readonly generatedTokens: number;
}, {signal, onProgress}: Abortable & {
	readonly onProgress: ((generatedTokens: number) => void) | undefined;
}): Promise<BenchmarkIteration> {
	if (!Number.isSafeInteger(promptTokens) || promptTokens < 1 || !Number.isSafeInteger(generatedTokens) || generatedTokens < 2) {
		throw new UsageError(`Cannot measure ${promptTokens} prompt tokens and ${generatedTokens} generated ones.`, {
			code: 'too_few_tokens', hint: 'Take at least 1 prompt token and 2 generated ones.',
		});
	}

	const job = host.link.request({type: 'measure', promptTokens, generatedTokens}, {
		result: measureResultSchema,
		onProgress(event) {
			if (event.type === 'token') {
				onProgress?.(event.generatedTokens);
			}
		},
	});
	const iteration = await withAbort(job, {host, signal});
	signal.throwIfAborted();
	return iteration!;
}
