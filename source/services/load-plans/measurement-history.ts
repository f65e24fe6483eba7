import * as z from 'zod/mini';
import {type MemoryMeasurement} from '../../types/fit.js';
import {loadPlanSchema} from './stored-plan-schema.js';

type Fields<Type> = Readonly<Record<keyof Type, z.ZodMiniType>>;

/**
The last loads of one model.
*/
export type MeasurementHistory = {
	readonly measurements: readonly MemoryMeasurement[];
};

const mostMeasurements = 10;

const bytes = z.int().check(z.minimum(0));

const measurement = z.object({
	modelId: z.string().check(z.minLength(1), z.maxLength(4096)),
	plan: loadPlanSchema,
	machine: z.string().check(z.maxLength(4096)),
	weightBytes: bytes,
	estimatedBytes: bytes,
	measuredBytes: bytes,
	estimatedVramBytes: z.optional(bytes),
	measuredVramBytes: z.optional(bytes),
	measuredAt: z.iso.datetime(),
} satisfies Fields<MemoryMeasurement>);

export const measurementHistorySchema = z.object({
	measurements: z.array(measurement).check(z.maxLength(mostMeasurements)),
} satisfies Fields<MeasurementHistory>);

/**
The history with one more load, the oldest left out beyond ten.
*/
export function withMeasurement(history: MeasurementHistory | undefined, latest: MemoryMeasurement): MeasurementHistory {
	return {measurements: [...(history?.measurements ?? []), latest].slice(-mostMeasurements)};
}
