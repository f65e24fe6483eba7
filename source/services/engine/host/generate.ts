import {
	type ChatHistoryItem,
	type LLamaChatGenerateResponseOptions,
	type LlamaChatResponse,
	type Token,
} from 'node-llama-cpp';
import {type GenerationRequest, type SamplingSettings, type StopReason} from '../../../types/generation.js';
import {type GenerateResult} from '../protocol.js';
import {type AnswerRecorder, createAnswerRecorder} from './answer-recorder.js';
import {HostError} from './failures.js';
import {type Exchange, prepareHistory, toHistory} from './history.js';
import {type LoadedSession} from './load-model.js';
import {perSecond} from './per-second.js';
import {prefill} from './prefill.js';
import {createProgressBatcher} from './progress.js';

export type Chat = {
	readonly session: LoadedSession;
	/**
	What the context holds, if it is a chat.
	*/
	last?: Exchange;
};

/**
Answers the last message of the request. Aborting ends it with what there is, within a token or a quarter of a second of the prompt.
*/
export async function generate(chat: Chat, {messages, sampling}: GenerationRequest, {signal, onProgress}: {
	readonly signal: AbortSignal;
	readonly onProgress: (text: string, generatedTokens: number, tokensPerSecond: number | undefined) => void;
}): Promise<GenerateResult> {
	const startedAt = performance.now();
	const {context, sequence} = chat.session;
	const batcher = createProgressBatcher((text, tokens) => {
		onProgress(text, tokens, recorder.tokensPerSecond());
	});
	const recorder = createAnswerRecorder({startedAt, onText: batcher.add});
	const prepared = prepareHistory(messages, chat.last);
	const prompt = tokenize(chat, prepared.contextWindow ?? prepared.history);
	let cachedPromptTokens = 0;
	let response: LlamaChatResponse | undefined;
	try {
		if (prompt.length < sequence.contextSize) {
			cachedPromptTokens = await prefill(sequence, prompt, {batchSize: context.batchSize, signal});
		} else {
			refuseTooLongMessage(chat, messages);
		}

		response = await chat.session.chat().generateResponse(prepared.history, {
			...toBindingOptions(sampling),
			signal,
			stopOnAbortSignal: true,
			onResponseChunk: recorder.onChunk,
			contextShift: {lastEvaluationMetadata: prepared.contextShiftMetadata},
			...(prepared.contextWindow && {lastEvaluationContextWindow: {history: prepared.contextWindow}}),
		});
	} catch (error) {
		// An abort before the first token is thrown, not returned.
		if (!signal.aborted) {
			throw error;
		}
	}

	batcher.flush();
	if (response) {
		chat.last = {messages: [...messages, {role: 'assistant', content: recorder.text()}], evaluation: response.lastEvaluation};
	}

	return {
		stopReason: toStopReason(response),
		statistics: {
			...toStatistics(recorder, {promptTokens: prompt.length, cachedPromptTokens, latencyMs: performance.now() - startedAt}),
			contextUsed: sequence.nextTokenIndex,
			contextSize: sequence.contextSize,
		},
	};
}

function tokenize({session}: Chat, history: readonly ChatHistoryItem[]): Token[] {
	return session.chat().chatWrapper
		.generateContextState({chatHistory: [...history, {type: 'model', response: []}]})
		.contextText.tokenize(session.model.tokenizer);
}

/**
A long conversation loses its oldest answers, but the system message and the last message must fit as they are.
*/
function refuseTooLongMessage(chat: Chat, messages: GenerationRequest['messages']): void {
	const indispensable = toHistory(messages.filter((message, index) => message.role === 'system' || index === messages.length - 1));
	const tokens = tokenize(chat, indispensable).length;
	const {contextSize} = chat.session.sequence;
	// The binding frees a tenth of the context whenever it makes room.
	if (tokens > contextSize * 0.9) {
		throw new HostError('context_too_small', `The message takes ${tokens} tokens, and the context holds ${contextSize}.`);
	}
}

function toBindingOptions({temperature, topP, topK, minP, repeatPenalty, maxTokens, seed}: SamplingSettings): LLamaChatGenerateResponseOptions {
	return {
		temperature,
		topP,
		topK,
		minP,
		repeatPenalty: repeatPenalty === 1 ? false : {penalty: repeatPenalty},
		maxTokens,
		...(seed !== undefined && {seed}),
	};
}

function toStopReason(response: LlamaChatResponse | undefined): StopReason {
	switch (response?.metadata.stopReason) {
		case undefined:
		case 'abort': {
			return 'abort';
		}

		case 'maxTokens': {
			return 'length';
		}

		default: {
			return 'end';
		}
	}
}

/**
Prompt speed is evaluated tokens over the time to the first token, as AIPerf has it; tokens that were in the context already do not count.
Without any token the whole time went into the prompt.
*/
function toStatistics(recorder: AnswerRecorder, {promptTokens, cachedPromptTokens, latencyMs}: {
	readonly promptTokens: number;
	readonly cachedPromptTokens: number;
	readonly latencyMs: number;
}): Omit<GenerateResult['statistics'], 'contextUsed' | 'contextSize'> {
	const generatedTokens = recorder.generatedTokens();
	const timeToFirstTokenMs = recorder.timeToFirstTokenMs() ?? latencyMs;
	return {
		promptTokens,
		cachedPromptTokens,
		generatedTokens,
		promptTokensPerSecond: perSecond(promptTokens - cachedPromptTokens, recorder.promptMs() ?? latencyMs),
		generationTokensPerSecond: recorder.tokensPerSecond() ?? 0,
		timeToFirstTokenMs,
		...(generatedTokens >= 2 && {interTokenLatencyMs: (latencyMs - timeToFirstTokenMs) / (generatedTokens - 1)}),
	};
}
