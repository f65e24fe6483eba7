import * as z from 'zod/mini';

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
}));
