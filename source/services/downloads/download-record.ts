import * as z from 'zod/mini';
import {type DownloadStatus} from '../../types/download.js';

const size = z.int().check(z.nonnegative());

const remoteFile = z.readonly(z.object({
	path: z.string(),
	sizeBytes: size,
	sha256: z.optional(z.string().check(z.regex(/^[\da-f]{64}$/iv))),
	role: z.enum(['model', 'shard', 'mmproj']),
}));

export const downloadRequestSchema = z.readonly(z.object({
	ref: z.string(),
	modelId: z.string().check(z.minLength(1)),
	name: z.string(),
	source: z.literal('hugging-face'),
	repository: z.string(),
	revision: z.string().check(z.minLength(1)),
	quantization: z.string(),
	family: z.optional(z.string()),
	license: z.optional(z.string()),
	files: z.readonly(z.array(remoteFile).check(z.minLength(1), z.maxLength(1000))),
}));

/**
One download of the queue, as it is kept. What is on disk is told by the journals beside the partial files, not here.
*/
export const downloadRecordSchema = z.readonly(z.object({
	id: z.string(),
	/**
	Place in the queue; lower is earlier.
	*/
	order: z.number(),
	request: downloadRequestSchema,
	status: z.enum(['pending', 'downloading', 'paused', 'verifying', 'completed', 'failed', 'cancelled']),
	/**
	Commit that the revision was resolved to; all files are fetched from it.
	*/
	commit: z.optional(z.string()),
	/**
	As the hub has them, in the order of the files.
	*/
	sizes: z.readonly(z.array(size)),
	error: z.optional(z.readonly(z.object({code: z.string(), message: z.string(), hint: z.optional(z.string())}))),
	createdAt: z.string(),
	finishedAt: z.optional(z.string()),
}));

export type DownloadRecord = z.infer<typeof downloadRecordSchema>;

/**
Whether bytes are still to be written for it, now or when the user resumes it.
*/
export function isOpen(status: DownloadStatus): boolean {
	return status === 'pending' || status === 'downloading' || status === 'verifying' || status === 'paused';
}

/**
Whether nothing happens to it any more unless the user asks.
*/
export function isSettled(status: DownloadStatus): boolean {
	return status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'paused';
}
