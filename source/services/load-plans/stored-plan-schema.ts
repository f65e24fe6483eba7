import * as z from 'zod/mini';
import {type LoadPlan, type StoredPlan} from '../../types/load-plan.js';

type Fields<Type> = Readonly<Record<keyof Type, z.ZodMiniType>>;

const count = z.int().check(z.minimum(0));

// `satisfies` makes the compiler ask for every field that a plan gains.
export const loadPlanSchema = z.object({
	contextSize: count,
	gpuLayers: z.union([count, z.literal('auto')]),
	batchSize: count,
	threads: count,
	kvCacheType: z.enum(['f16', 'q8_0', 'q4_0']),
	flashAttention: z.union([z.boolean(), z.literal('auto')]),
	memoryMap: z.boolean(),
	memoryLock: z.boolean(),
	expertLayersInMemory: count,
} satisfies Fields<LoadPlan>);

/**
A plan as it is kept.
*/
export const storedPlanSchema = z.object({
	modelId: z.string().check(z.minLength(1), z.maxLength(4096)),
	plan: loadPlanSchema,
	goal: z.enum(['performance', 'memory', 'quality']),
	savedAt: z.iso.datetime(),
} satisfies Fields<StoredPlan>);
