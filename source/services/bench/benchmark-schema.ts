import * as z from 'zod/mini';
import {type BenchmarkEstimate, type BenchmarkSubject} from '../../types/benchmark.js';
import {type SpeedModel, type SpeedPlan} from '../../types/speed-subject.js';

type Fields<Type> = Readonly<Record<keyof Type, z.ZodMiniType>>;

const count = z.int().check(z.minimum(0));
const figure = z.number().check(z.minimum(0));

const spread = z.readonly(z.object({
	median: figure, minimum: figure, maximum: figure, standardDeviation: figure,
}));

const iteration = z.object({
	promptTokens: count,
	generatedTokens: count,
	promptTokensPerSecond: figure,
	generationTokensPerSecond: figure,
	timeToFirstTokenMs: figure,
	interTokenLatencyMs: figure,
});

const positive = z.number().check(z.positive());
const range = z.object({expected: figure, low: figure, high: figure});

const subject = z.object({
	model: z.object({
		weightsBytes: positive,
		activeBytes: z.optional(positive),
		parameters: positive,
		activeParameters: z.optional(positive),
		mixtureOfExperts: z.optional(z.boolean()),
		layers: z.optional(count),
		kvBytesPerToken: z.optional(positive),
		attention: z.optional(z.object({queryLength: positive, headLength: positive, quantizedCache: z.boolean()})),
		quantization: z.string(),
		architecture: z.optional(z.string()),
	} satisfies Fields<SpeedModel>),
	plan: z.object({
		placement: z.enum(['gpu', 'cpu', 'split', 'auto']),
		gpuLayers: z.optional(count),
		expertLayersOnCpu: z.optional(count),
		depthTokens: figure,
		promptTokens: z.optional(count),
		batch: z.optional(count),
		contextSize: z.optional(count),
		threads: z.optional(count),
		ollama: z.optional(z.boolean()),
		oldEngine: z.optional(z.boolean()),
		overheadMs: z.optional(figure),
	} satisfies Fields<SpeedPlan>),
} satisfies Fields<BenchmarkSubject>);

const estimate = z.object({
	generationTokensPerSecond: range, promptTokensPerSecond: range, timeToFirstTokenMs: range,
} satisfies Fields<BenchmarkEstimate>);

const iterations = z.readonly(z.array(iteration));

/**
A benchmark as it is kept.
*/
export const benchmarkRunSchema = z.readonly(z.object({
	id: z.string(),
	modelId: z.string(),
	ref: z.string(),
	name: z.string(),
	quantization: z.string(),
	startedAt: z.iso.datetime(),
	iterations,
	promptTokensPerSecond: spread,
	generationTokensPerSecond: spread,
	timeToFirstTokenMs: spread,
	interTokenLatencyMs: spread,
	peakMemoryBytes: count,
	threads: count,
	contextSize: count,
	device: z.string(),
	subject: z.optional(subject),
	estimate: z.optional(estimate),
}));
