import * as z from 'zod/mini';
import {
	downloadPatchSchema,
	downloadRequestSchema,
	downloadSettingsChangeSchema,
	downloadSettingsSchema,
	errorReportSchema,
} from './download-schema.js';

/**
How the worker and its clients talk: a JSON object a line, over a socket that only this user can open.

The client greets first. A worker of another version greets back with its own, and then understands no more than `retire`: these two lines stay as they are in every version.
*/
export const protocolVersion = 1;

/**
Bytes that a line of a client may have.
*/
export const maximumCallLength = 2_097_152;

/**
Bytes that a line of the worker may have.
*/
export const maximumNewsLength = 16_777_216;

const id = z.string().check(z.minLength(1), z.maxLength(4096));
const reference = z.int().check(z.nonnegative());
const longLine = z.string().check(z.maxLength(65_536));

/**
What a client asks for, by the names of the `Downloads` contract.
*/
const callSchema = z.discriminatedUnion('method', [
	z.object({method: z.literal('add'), request: downloadRequestSchema, settings: z.optional(downloadSettingsSchema)}),
	z.object({method: z.enum(['pause', 'resume', 'cancel', 'forget']), id}),
	z.object({method: z.literal('move'), id, to: z.enum(['first', 'up', 'down', 'last'])}),
	z.object({method: z.literal('configure'), id, change: downloadSettingsChangeSchema}),
]);

export type Call = z.infer<typeof callSchema>;

const name = z.string().check(z.maxLength(100));
const environment = z.record(name, longLine);

export const clientMessageSchema = z.discriminatedUnion('type', [
	z.object({type: z.literal('hello'), protocol: z.int(), environment: z.optional(environment)}),
	z.object({type: z.literal('retire')}),
	z.object({type: z.literal('call'), reference, call: callSchema}),
]);

export type ClientMessage = z.infer<typeof clientMessageSchema>;

const names = z.array(name);
const ids = z.array(id);

const patch = z.object({
	id,
	set: downloadPatchSchema,
	/**
	Names of the fields that it does not have any more.
	*/
	unset: z.optional(names),
});

const patches = z.array(patch);

/**
Why a worker ends.
*/
const reason = z.enum(['idle', 'terminated', 'retired', 'lost']);

export const workerMessageSchema = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('hello'),
		protocol: z.int(),
		/**
		Folder that it downloads to.
		*/
		models: z.string(),
	}),
	z.object({
		type: z.literal('changes'),
		downloads: patches,
		/**
		All ids in their order. Without it more of the same change follows.
		*/
		order: z.optional(ids),
	}),
	z.object({
		type: z.literal('answer'),
		reference,
		/**
		Of the download that was added.
		*/
		id: z.optional(id),
		error: z.optional(errorReportSchema),
	}),
	z.object({type: z.literal('bye'), reason}),
]);

export type WorkerMessage = z.infer<typeof workerMessageSchema>;
export type EndReason = z.infer<typeof reason>;
export type DownloadPatch = z.infer<typeof patch>;
export type Answer = Omit<Extract<WorkerMessage, {type: 'answer'}>, 'type' | 'reference'>;
