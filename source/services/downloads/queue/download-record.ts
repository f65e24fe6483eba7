import * as z from 'zod/mini';
import {parseHours} from '../../../format/hours.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type HoursOfDay} from '../../../types/download.js';
import {maximumEvents} from './event-log.js';

const size = z.int().check(z.nonnegative());
// What is shown is clean, even where somebody else has written the record.
const words = z.pipe(z.string(), z.transform(line => sanitizeLine(line)));
const text = z.optional(words);
const isClean = (line: string) => !/[\p{Bidi_Control}\p{Control}]/v.test(line);
// What names something has to be clean as it is: cleaned, it would name something else.
const name = z.string().check(z.minLength(1), z.maxLength(4096), z.refine(isClean));
const sha256 = z.string().check(z.regex(/^[\da-f]{64}$/iv));
const time = z.string().check(z.refine(value => /^\d/v.test(value) && !Number.isNaN(Date.parse(value))));
const seconds = z.number().check(z.nonnegative());
// Larger ones are no longer told from their neighbours.
const order = z.number().check(z.gte(Number.MIN_SAFE_INTEGER), z.lte(Number.MAX_SAFE_INTEGER));

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
	licenseName: text,
	licenseLink: text,
	files: z.readonly(remoteFiles),
});

const priority = z.enum(['high', 'normal', 'low']);
const rate = z.int().check(z.positive());
const isHours = ({from, to}: HoursOfDay) => parseHours(`${from}-${to}`) !== undefined;
const hours = z.object({from: z.string(), to: z.string()}).check(z.refine(isHours));
const dailyHours = z.readonly(hours);

/**
What the user said of a download.
*/
export const downloadSettingsSchema = z.object({
	priority: z._default(priority, 'normal'),
	rateLimit: z.optional(rate),
	startAt: z.optional(time),
	hours: z.optional(dailyHours),
	keepTrying: z._default(z.boolean(), true),
});

const again = z.object({
	/**
	How often it was to be tried again since the last progress.
	*/
	times: z.int().check(z.positive()),
	/**
	When it will be; undefined once it was.
	*/
	at: z.optional(time),
	/**
	What failed it.
	*/
	reason: words,
	/**
	Fetched over all runs when that count began.
	*/
	fetchedBytes: size,
});

const error = z.object({
	code: words, message: words, hint: text, exitCode: z.optional(z.int()), missingBytes: z.optional(size),
});
const lastRun = z.readonly(z.object({fetchedBytes: size, resumedBytes: size}));
const sizes = z.array(size);
const event = z.object({at: time, text: words});
// More than are kept were written by somebody else.
const events = z.pipe(z.array(z.readonly(event)), z.transform(list => list.slice(-maximumEvents)));

/**
One download of the queue, as it is kept. What is on disk is told by the journals beside the partial files, not here.
*/
export const downloadRecordSchema = z.object({
	id: name,
	/**
	Place in the queue; lower is earlier.
	*/
	order,
	request,
	status: z.enum(['pending', 'downloading', 'paused', 'verifying', 'completed', 'failed', 'cancelled']),
	...downloadSettingsSchema.shape,
	/**
	Commit that the revision was resolved to; all files are fetched from it.
	*/
	commit: text,
	/**
	Of the partial files, when it last ran.
	*/
	folder: z.optional(z.string()),
	/**
	As the hub has them, in the order of the files.
	*/
	sizes: z.readonly(sizes),
	error: z.optional(error),
	/**
	Undefined while the network has not failed it.
	*/
	again: z.optional(z.readonly(again)),
	/**
	Oldest first.
	*/
	events: z._default(z.readonly(events), []),
	/**
	Spent on it, over all runs.
	*/
	activeSeconds: z._default(seconds, 0),
	/**
	Over the network, over all runs.
	*/
	fetchedBytes: z._default(size, 0),
	/**
	Of the run that completed it or failed.
	*/
	lastRun: z.optional(lastRun),
	createdAt: time,
	finishedAt: z.optional(time),
}).check(z.refine(record => record.sizes.length === record.request.files.length));

export type DownloadRecord = Readonly<z.infer<typeof downloadRecordSchema>>;
