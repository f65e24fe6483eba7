import * as z from 'zod/mini';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type DownloadStatus} from '../../../types/download.js';

const size = z.int().check(z.nonnegative());
// What is shown is clean, even where somebody else has written the record.
const words = z.pipe(z.string(), z.transform(line => sanitizeLine(line)));
const text = z.optional(words);
const name = z.string().check(z.minLength(1));
const sha256 = z.string().check(z.regex(/^[\da-f]{64}$/iv));

const remoteFile = z.object({
	path: name,
	sizeBytes: size,
	sha256: z.optional(sha256),
	role: z.enum(['model', 'shard', 'mmproj']),
});

const remoteFiles = z.array(remoteFile).check(z.minLength(1), z.maxLength(1000));

const request = z.object({
	ref: name,
	modelId: name,
	name: words,
	source: z.literal('hugging-face'),
	repository: name,
	revision: name,
	quantization: words,
	family: text,
	license: text,
	files: z.readonly(remoteFiles),
});

const error = z.object({code: words, message: words, hint: text});
const sizes = z.array(size);

/**
One download of the queue, as it is kept. What is on disk is told by the journals beside the partial files, not here.
*/
export const downloadRecordSchema = z.object({
	id: name,
	/**
	Place in the queue; lower is earlier.
	*/
	order: z.number(),
	request,
	status: z.enum(['pending', 'downloading', 'paused', 'verifying', 'completed', 'failed', 'cancelled']),
	/**
	Commit that the revision was resolved to; all files are fetched from it.
	*/
	commit: text,
	/**
	As the hub has them, in the order of the files.
	*/
	sizes: z.readonly(sizes),
	error: z.optional(error),
	createdAt: z.string(),
	finishedAt: text,
});

export type DownloadRecord = Readonly<z.infer<typeof downloadRecordSchema>>;

const openStatuses: ReadonlySet<DownloadStatus> = new Set(['pending', 'downloading', 'verifying', 'paused']);
const settledStatuses: ReadonlySet<DownloadStatus> = new Set(['completed', 'failed', 'cancelled', 'paused']);

/**
Whether bytes are still to be written for it, now or when the user resumes it.
*/
export function isOpen(status: DownloadStatus): boolean {
	return openStatuses.has(status);
}

/**
Whether nothing happens to it any more unless the user asks.
*/
export function isSettled(status: DownloadStatus): boolean {
	return settledStatuses.has(status);
}
