import * as z from 'zod/mini';
import {type BenchmarkEstimate, type BenchmarkSubject} from '../../types/benchmark.js';
import {type SpeedAttention, type SpeedModel, type SpeedPlan} from '../../types/speed-subject.js';

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

const optionalCount = z.optional(count);
const optionalSize = z.optional(positive);
const optionalFlag = z.optional(z.boolean());

const attention = z.object({
	queryLength: positive, headLength: positive, quantizedCache: z.boolean(),
} satisfies Fields<SpeedAttention>);

const speedModel = z.object({
	weightsBytes: positive,
	activeBytes: optionalSize,
	parameters: positive,
	activeParameters: optionalSize,
	mixtureOfExperts: optionalFlag,
	layers: optionalCount,
	kvBytesPerToken: optionalSize,
	attention: z.optional(attention),
	quantization: z.string(),
	architecture: z.optional(z.string()),
} satisfies Fields<SpeedModel>);

const speedPlan = z.object({
	placement: z.enum(['gpu', 'cpu', 'split', 'auto']),
	gpuLayers: optionalCount,
	expertLayersOnCpu: optionalCount,
	depthTokens: figure,
	promptTokens: optionalCount,
	batch: optionalCount,
	contextSize: optionalCount,
	threads: optionalCount,
	ollama: optionalFlag,
	oldEngine: optionalFlag,
	overheadMs: z.optional(figure),
} satisfies Fields<SpeedPlan>);

const subject = z.object({model: speedModel, plan: speedPlan} satisfies Fields<BenchmarkSubject>);

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
