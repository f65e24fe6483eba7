import {
	getLlama,
	LlamaChatSession,
	type LlamaContext,
	LlamaLogLevel,
	type LlamaModel,
	resolveChatWrapper,
} from 'node-llama-cpp';
import {type SamplingSettings} from '../../source/types/generation.js';

export type Speeds = {
	readonly prompt: number;
	readonly generation: number;
};

/**
Node-llama-cpp in this very process, used as plainly as its documentation shows.
*/
export type PlainLoop = {
	readonly measure: (promptTokens: number, generatedTokens: number) => Promise<Speeds>;
	/**
	Tokens a second of a chat's answer, after the first.
	*/
	readonly chat: (message: string, sampling: SamplingSettings) => Promise<number>;
	readonly dispose: () => Promise<void>;
};

export async function loadPlainLoop(modelPath: string, {threads, contextSize}: {readonly threads: number; readonly contextSize: number}): Promise<PlainLoop> {
	const llama = await getLlama({
		gpu: false,
		build: 'never',
		skipDownload: true,
		progressLogs: false,
		maxThreads: threads,
		logLevel: LlamaLogLevel.error,
		logger() {
			// The table is all that is printed.
		},
	});
	const model = await llama.loadModel({modelPath});
	const context = await model.createContext({contextSize, batchSize: 512, threads});
	const sequence = context.getSequence();
	const session = new LlamaChatSession({contextSequence: sequence, chatWrapper: resolveChatWrapper(model), systemPrompt: ''});

	return {
		async measure(promptTokens, generatedTokens) {
			await sequence.clearHistory();
			return evaluate({model, sequence}, promptTokens, generatedTokens);
		},
		async chat(message, {temperature, topP, topK, minP, maxTokens, seed}) {
			session.resetChatHistory();
			await sequence.clearHistory();
			const times: number[] = [];
			await session.prompt(message, {
				temperature, topP, topK, minP, maxTokens, repeatPenalty: false, ...(seed !== undefined && {seed}),
				onToken(tokens) {
					times.push(...tokens.map(() => performance.now()));
				},
			});
			return 1000 * (times.length - 1) / (times.at(-1)! - times[0]!);
		},
		dispose: async () => llama.dispose(),
	};
}

async function evaluate({model, sequence}: {readonly model: LlamaModel; readonly sequence: ReturnType<LlamaContext['getSequence']>}, promptTokens: number, generatedTokens: number): Promise<Speeds> {
	const vocabulary = [...model.iterateAllTokens()].filter(token => !model.isSpecialToken(token));
	const prompt = Array.from({length: promptTokens}, (_, index) => vocabulary[(index * 7919) % vocabulary.length]!);
	const startedAt = performance.now();
	const times: number[] = [];
	for await (const _token of sequence.evaluate(prompt, {temperature: 0, yieldEogToken: true})) {
		times.push(performance.now());
		if (times.length === generatedTokens) {
			break;
		}
	}

	return {
		prompt: 1000 * promptTokens / (times[0]! - startedAt),
		generation: 1000 * (times.length - 1) / (times.at(-1)! - times[0]!),
	};
}
