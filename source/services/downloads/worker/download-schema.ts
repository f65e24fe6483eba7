import * as z from 'zod/mini';
import {sanitizeLine} from '../../../format/sanitize.js';
import {
	type Download,
	type DownloadEvent,
	type DownloadFile,
	type DownloadRequest,
	type DownloadSegment,
	type DownloadSettings,
} from '../../../types/download.js';
import {type ErrorReport} from '../../../types/error-report.js';
import {type RemoteFile} from '../../../types/search.js';

// Every field that the types have is named here, or the compiler says so: what a schema does not name would get lost on the way.
type Shape<Type> = Record<keyof Type, unknown>;

const whole = z.int().check(z.nonnegative());
const number = z.number().check(z.nonnegative());
const line = z.string().check(z.maxLength(4096));
// Words that are shown are clean, whoever wrote them.
const words = z.pipe(z.string(), z.transform(text => sanitizeLine(text)));
const time = z.string().check(z.maxLength(64));

const remoteFile = z.object({
	path: line,
	sizeBytes: whole,
	sha256: z.optional(line),
	role: z.enum(['model', 'shard', 'mmproj']),
} satisfies Shape<RemoteFile>);

export const downloadRequestSchema = z.object({
	ref: line,
	modelId: line,
	name: words,
	source: z.literal('hugging-face'),
	repository: line,
	revision: line,
	quantization: words,
	family: z.optional(words),
	license: z.optional(words),
	licenseName: z.optional(words),
	licenseLink: z.optional(words),
	files: z.array(remoteFile).check(z.minLength(1), z.maxLength(1000)),
} satisfies Shape<DownloadRequest>);

const hours = z.object({from: line, to: line});

const settings = {
	priority: z.enum(['high', 'normal', 'low']),
	rateLimit: z.optional(number),
	startAt: z.optional(time),
	hours: z.optional(hours),
	keepTrying: z.boolean(),
} satisfies Shape<DownloadSettings>;

export const downloadSettingsSchema = z.partial(z.object(settings));

export const downloadSettingsChangeSchema = z.object({
	priority: z.optional(settings.priority),
	rateLimit: z.nullish(number),
	startAt: z.nullish(time),
	hours: z.nullish(hours),
	keepTrying: z.optional(settings.keepTrying),
} satisfies Shape<DownloadSettings>);

export const errorReportSchema = z.object({
	code: line,
	message: words,
	hint: z.optional(words),
	exitCode: z.optional(whole),
	missingBytes: z.optional(number),
} satisfies Shape<ErrorReport>);

const file = z.object({path: words, sizeBytes: whole, receivedBytes: whole} satisfies Shape<DownloadFile>);
const segment = z.object({
	start: whole, received: whole, end: whole, host: z.optional(words),
} satisfies Shape<DownloadSegment>);
const event = z.object({at: time, text: words} satisfies Shape<DownloadEvent>);

/**
A download as the worker tells it.
*/
export const downloadSchema = z.object({
	id: line,
	request: downloadRequestSchema,
	status: z.enum(['pending', 'downloading', 'paused', 'verifying', 'completed', 'failed', 'cancelled']),
	...settings,
	receivedBytes: whole,
	totalBytes: whole,
	fetchedBytes: whole,
	resumedBytes: whole,
	bytesPerSecond: z.optional(number),
	etaSeconds: z.optional(number),
	hosts: z.array(words),
	connections: whole,
	activity: z.optional(words),
	retryAt: z.optional(time),
	retries: whole,
	files: z.array(file),
	segments: z.array(segment),
	currentFile: z.optional(whole),
	events: z.array(event),
	activeSeconds: number,
	averageBytesPerSecond: z.optional(number),
	error: z.optional(errorReportSchema),
	createdAt: time,
	finishedAt: z.optional(time),
} satisfies Shape<Download>);

/**
Some fields of a download.
*/
export const downloadPatchSchema = z.partial(downloadSchema);
