export type ChatRole = 'system' | 'user' | 'assistant';

export type ChatMessage = {
	readonly role: ChatRole;
	readonly content: string;
};

export type SamplingSettings = {
	readonly temperature: number;
	readonly topP: number;
	readonly topK: number;
	readonly minP: number;
	readonly repeatPenalty: number;
	/**
	Tokens to generate at most.
	*/
	readonly maxTokens: number;
	readonly seed?: number;
};

export type GenerationRequest = {
	/**
	The last one is the user's; a system message, if any, is the first.
	*/
	readonly messages: readonly ChatMessage[];
	readonly sampling: SamplingSettings;
};

export type StopReason = 'end' | 'length' | 'abort';

export type GenerationStatistics = {
	readonly promptTokens: number;
	/**
	Of the prompt tokens, those that were in the context already and did not count for the speed; undefined where a provider does not say.
	*/
	readonly cachedPromptTokens?: number;
	readonly generatedTokens: number;
	readonly promptTokensPerSecond: number;
	readonly generationTokensPerSecond: number;
	/**
	From the request to the first non-empty piece of text.
	*/
	readonly timeToFirstTokenMs: number;
	/**
	(latency − time to first token) / (generated tokens − 1); undefined below two tokens.
	*/
	readonly interTokenLatencyMs?: number;
	/**
	Tokens of the context in use after the answer, and its size.
	*/
	readonly contextUsed: number;
	readonly contextSize: number;
};

export type GenerationResult = {
	readonly text: string;
	readonly stopReason: StopReason;
	readonly statistics: GenerationStatistics;
};

/**
Sent while text arrives, at most 10 times a second; `text` is what is new.
*/
export type GenerationProgress = {
	readonly text: string;
	readonly generatedTokens: number;
	readonly tokensPerSecond?: number;
};
