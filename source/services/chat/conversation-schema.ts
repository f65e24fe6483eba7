import * as z from 'zod/mini';
import {sanitizeLine, sanitizeText} from '../../format/sanitize.js';
import {type Conversation, type ConversationMessage} from '../../types/conversation.js';
import {type GenerationStatistics, type SamplingSettings} from '../../types/generation.js';

type Fields<Type> = Readonly<Record<keyof Type, z.ZodMiniType>>;

/**
UTF-16 units of one message, far beyond what fits into the context of any model.
*/
export const maximumMessageLength = 4 * 1024 * 1024;
export const maximumMessages = 10_000;

const count = z.int().check(z.nonnegative());
const rate = z.number().check(z.nonnegative());
// Shown as it is, whoever has written the record.
const text = z.pipe(z.string().check(z.maxLength(maximumMessageLength)), z.transform(words => sanitizeText(words)));
const line = z.pipe(z.string().check(z.maxLength(1000)), z.transform(line => sanitizeLine(line)));
const id = z.string().check(z.minLength(1), z.maxLength(2048));
const time = z.iso.datetime();

// `satisfies` makes the compiler ask for every field that a type gains: one that is not named here would be lost.
const sampling = z.object({
	temperature: rate,
	topP: rate,
	topK: count,
	minP: rate,
	repeatPenalty: rate,
	maxTokens: count,
	seed: z.optional(count),
} satisfies Fields<SamplingSettings>);

const statistics = z.object({
	promptTokens: count,
	cachedPromptTokens: z.optional(count),
	generatedTokens: count,
	promptTokensPerSecond: rate,
	generationTokensPerSecond: rate,
	timeToFirstTokenMs: rate,
	interTokenLatencyMs: z.optional(rate),
	contextUsed: count,
	contextSize: count,
} satisfies Fields<GenerationStatistics>);

const optionalStatistics = z.catch(z.optional(statistics), undefined);

const message = z.object({
	role: z.enum(['user', 'assistant']),
	content: text,
	modelId: z.optional(id),
	// An odd figure is no reason to lose the answer it belongs to.
	statistics: optionalStatistics,
	stopped: z.optional(z.boolean()),
} satisfies Fields<ConversationMessage>);

export const conversationSchema = z.object({
	id,
	title: line,
	modelId: id,
	systemPrompt: text,
	sampling,
	template: z.optional(line),
	messages: z.array(message).check(z.maxLength(maximumMessages)),
	createdAt: time,
	updatedAt: time,
} satisfies Fields<Conversation>);
