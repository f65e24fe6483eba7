import * as z from 'zod/mini';
import {errorReportSchema} from './download-schema.js';

/**
The descriptor on which a worker says how its start went, a single line of JSON.
*/
export const startReportDescriptor = 3;

export const startReportSchema = z.discriminatedUnion('state', [
	z.object({state: z.literal('ready')}),
	/**
	Another worker of this system has the queue; this one ends.
	*/
	z.object({state: z.literal('held')}),
	/**
	One of another container or machine has it, or had. This one waits until it has been silent for long enough.
	*/
	z.object({state: z.literal('elsewhere'), host: z.string()}),
	z.object({state: z.literal('failed'), error: errorReportSchema}),
]);

export type StartReport = z.infer<typeof startReportSchema>;
