import path from 'node:path';
import * as z from 'zod/mini';
import {sanitizeLine} from '../../format/sanitize.js';
import {type InstalledFile, type InstalledModel} from '../../types/installed-model.js';
import {type ModelArchitecture} from '../../types/model-architecture.js';

type Fields<Type> = Readonly<Record<keyof Type, z.ZodMiniType>>;

const controls = /\p{Control}/v;

/**
What a person reads, safe for a terminal whoever wrote the record.
*/
const label = z.pipe(z.string().check(z.maxLength(1000)), z.transform(text => sanitizeLine(text)));

// Used as it is, so refused rather than changed.
const name = z.string().check(z.minLength(1), z.maxLength(2048), z.refine(text => !controls.test(text), 'holds control characters'));
const absolutePath = z.string().check(z.maxLength(4096), z.refine(text => path.isAbsolute(text) && !controls.test(text), 'is not an absolute path'));
const checksum = z.string().check(z.regex(/^sha256:[\da-f]{64}$/v, 'is not a checksum'));
const time = z.string().check(z.maxLength(40), z.refine(text => !Number.isNaN(Date.parse(text)), 'is not a time'));
const count = z.int().check(z.nonnegative());

const onePerLayer = z.array(count).check(z.maxLength(10_000));
const flagPerLayer = z.array(z.boolean()).check(z.maxLength(10_000));
const recurrent = z.object({stateLength: count, innerLength: count, inEveryLayer: z.boolean()});

// `satisfies` makes the compiler ask for every field that a type gains: one that is not named here would be lost.
const architecture = z.object({
	name: label,
	blockCount: count,
	embeddingLength: count,
	headCount: count,
	headCountKv: z.union([count, onePerLayer]),
	keyLength: count,
	valueLength: count,
	feedForwardLength: z.optional(count),
	vocabularySize: z.optional(count),
	expertCount: z.optional(count),
	expertUsedCount: z.optional(count),
	expertFeedForwardLength: z.optional(count),
	leadingDenseBlockCount: z.optional(count),
	attentionBlockCount: z.optional(count),
	attentionInterval: z.optional(count),
	recurrent: z.optional(recurrent),
	slidingWindow: z.optional(count),
	slidingPattern: z.optional(z.union([count, flagPerLayer])),
	slidingKeyLength: z.optional(count),
	slidingValueLength: z.optional(count),
} satisfies Fields<ModelArchitecture>);

const file = z.object({
	path: absolutePath,
	sizeBytes: count,
	checksum,
	role: z.enum(['model', 'shard', 'mmproj']),
} satisfies Fields<InstalledFile>);

/**
A record of the manifest. The starter model is none: it ships with the program.
*/
export const installedModelSchema = z.object({
	id: name.check(z.refine(id => id !== 'starter', 'is the built-in one')),
	ref: name,
	name: label,
	family: z.optional(label),
	quantization: label,
	source: z.enum(['hugging-face', 'file']),
	path: absolutePath,
	files: z.array(file).check(z.minLength(1), z.maxLength(1000)),
	sizeBytes: count,
	checksum,
	license: z.optional(label),
	downloadedAt: time,
	lastUsed: z.optional(time),
	useCount: count,
	contextLength: z.optional(count),
	parameters: z.optional(count),
	architecture: z.optional(architecture),
} satisfies Fields<InstalledModel>);
