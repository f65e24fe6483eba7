import * as z from 'zod/mini';
import {type GenerationRequest} from '../../types/generation.js';
import {type LoadPlan} from '../../types/load-plan.js';

/**
What the client says to the host: one JSON object a line. The host does one job at a time; `abort` and `memory` may come during it.
*/
export type HostRequest = {readonly id: number} & (
	| {
		readonly type: 'load';
		readonly modelPath: string;
		readonly plan: LoadPlan;
		/**
		What main memory has to hold at once with so many layers on the GPU, from none to all: KV cache and buffers, and the weights too where they are not mapped from the file. Only the host knows what the device takes.
		*/
		readonly heldBytes: readonly number[];
		/**
		What main memory has for it.
		*/
		readonly availableBytes: number;
	}
	| {readonly type: 'generate'; readonly request: GenerationRequest}
	| {readonly type: 'measure'; readonly promptTokens: number; readonly generatedTokens: number}
	| {readonly type: 'memory'}
	/**
	Ends the job with this id early.
	*/
	| {readonly type: 'abort'}
	| {readonly type: 'shutdown'}
);

/**
A host that was taken over by a hostile model file may send anything; a longer line than this ends it.
*/
export const maximumEventLength = 256 * 1024;

const maximumTextLength = 64 * 1024;
const maximumDetailLength = 16 * 1024;

const count = z.int().check(z.minimum(0));
const rate = z.number().check(z.minimum(0));
const fraction = z.number().check(z.minimum(0), z.maximum(1));
const text = (maximumLength: number) => z.string().check(z.maxLength(maximumLength));
const id = count;

/**
What the host says to the client: `hello` once, then for each job any number of `progress` and `token`, and one `done` or `failed`.
*/
export const hostEventSchema = z.discriminatedUnion('type', [
	z.object({type: z.literal('hello'), version: count, processId: count}),
	z.object({type: z.literal('progress'), id, fraction}),
	z.object({
		type: z.literal('token'), id, text: text(maximumTextLength), generatedTokens: count, tokensPerSecond: z.optional(rate),
	}),
	z.object({type: z.literal('done'), id, result: z.unknown()}),
	z.object({
		type: z.literal('failed'),
		id,
		code: z.enum(['load_failed', 'out_of_memory', 'context_too_small', 'engine_missing', 'aborted', 'failed']),
		message: text(maximumDetailLength),
		/**
		The last lines of the log of llama.cpp, which alone says why a file was refused.
		*/
		log: text(maximumDetailLength),
	}),
]);

export type HostEvent = z.infer<typeof hostEventSchema>;

export type HostFailure = Extract<HostEvent, {type: 'failed'}>;

export const loadResultSchema = z.object({
	contextSize: count,
	batchSize: count,
	gpuLayers: count,
	kvCacheType: z.enum(['f16', 'q8_0', 'q4_0']),
	flashAttention: z.union([z.literal('auto'), z.boolean()]),
	memoryMap: z.boolean(),
	memoryLock: z.boolean(),
	expertLayersInMemory: count,
	trainedContextLength: count,
	device: text(1024),
});

export type LoadResult = z.infer<typeof loadResultSchema>;

export const generateResultSchema = z.object({
	stopReason: z.enum(['end', 'length', 'abort']),
	statistics: z.object({
		promptTokens: count,
		cachedPromptTokens: count,
		generatedTokens: count,
		promptTokensPerSecond: rate,
		generationTokensPerSecond: rate,
		timeToFirstTokenMs: rate,
		interTokenLatencyMs: z.optional(rate),
		contextUsed: count,
		contextSize: count,
	}),
});

export type GenerateResult = z.infer<typeof generateResultSchema>;

export const measureResultSchema = z.object({
	promptTokens: count,
	generatedTokens: count,
	promptTokensPerSecond: rate,
	generationTokensPerSecond: rate,
	timeToFirstTokenMs: rate,
	interTokenLatencyMs: rate,
});

export const memoryResultSchema = z.object({peakBytes: count, residentBytes: count});
