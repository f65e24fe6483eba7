import {type LlamaContextSequence, type Token} from 'node-llama-cpp';
import {perSecond} from './per-second.js';

const firstChunk = 64;
const chunkSeconds = 0.25;

/**
Evaluates a prompt up to its last token, in pieces of about a quarter of a second, so that it can be stopped in between:
the binding itself would evaluate all of it before it looks at the signal. What the context holds already is kept.
@returns How many tokens did not have to be evaluated.
*/
export async function prefill(sequence: LlamaContextSequence, prompt: readonly Token[], {batchSize, signal}: {
	readonly batchSize: number;
	readonly signal: AbortSignal;
}): Promise<number> {
	const target = prompt.slice(0, -1);
	await sequence.adaptStateToTokens(target, false);
	const cached = sequence.nextTokenIndex;
	let size = Math.min(firstChunk, batchSize);
	for (let start = cached; start < target.length;) {
		signal.throwIfAborted();
		const chunk = target.slice(start, start + size);
		const startedAt = performance.now();
		// One after the other on purpose: the context grows by each.
		// eslint-disable-next-line no-await-in-loop
		await sequence.evaluateWithoutGeneratingNewTokens(chunk);
		const tokensPerSecond = perSecond(chunk.length, performance.now() - startedAt);
		start += chunk.length;
		size = Math.min(batchSize, Math.max(firstChunk, Math.round(tokensPerSecond * chunkSeconds)));
	}

	signal.throwIfAborted();
	return cached;
}
