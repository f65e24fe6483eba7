import * as z from 'zod/mini';
import {isModelFilePath} from '../references/is-model-file-path.js';
import {isRepository} from '../references/is-repository.js';

/**
The version of the registry's format that this program reads.
*/
export const registryVersion = 1;

const unprintable = /[\p{Bidi_Control}\p{Control}\p{Surrogate}]/v;
const line = z.string({error: 'must be text'}).check(z.refine(text => text !== '' && text.length <= 1000 && !unprintable.test(text), {error: 'must be one line of text'}));
const id = z.string({error: 'must be text'}).check(z.refine(
	text => /^[\da-z][\d\-.a-z]{0,99}$/v.test(text) && text !== 'starter' && !text.endsWith('.gguf'),
	{error: 'must be an id in lower-case letters, digits, dots and dashes'},
));
const count = z.number({error: 'must be a number'}).check(z.refine(value => value > 0 && Number.isSafeInteger(value), {error: 'must be a positive whole number'}));
const countOrNone = z.number({error: 'must be a number'}).check(z.refine(value => value >= 0 && Number.isSafeInteger(value), {error: 'must be a whole number'}));
const flag = z.boolean({error: 'must be true or false'});
const sha256 = z.string({error: 'must be 64 hex digits'}).check(z.regex(/^[\da-f]{64}$/v, {error: 'must be 64 hex digits'}));
const revision = z.string({error: 'must be a commit'}).check(z.regex(/^[\da-f]{40}$/v, {error: 'must be a commit of 40 hex digits'}));
const repository = z.string({error: 'must be text'}).check(z.refine(isRepository, {error: 'must be OWNER/REPO'}));
const fileName = z.string({error: 'must be text'}).check(z.refine(isModelFilePath, {error: 'must be the path of a .gguf file inside the repository'}));
const quantization = z.string({error: 'must be text'}).check(z.regex(/^[\dA-Z][\w\-]{1,31}$/v, {error: 'must be a quantization such as Q4_K_M'}));
const tag = z.string({error: 'must be text'}).check(z.regex(/^[\da-z][\d\-.a-z]{0,39}$/v, {error: 'must be a tag in lower-case letters, digits, dots and dashes'}));
const list = <Item extends z.core.$ZodType>(item: Item) => z.array(item, {error: 'must be a list'});

const file = z.strictObject({
	file_name: fileName,
	role: z.enum(['model', 'shard', 'mmproj'], {error: 'must be model, shard or mmproj'}),
	size_bytes: z.nullable(count),
	sha256: z.nullable(sha256),
}, {error: issue => objectError(issue)});

const headCounts = list(countOrNone);
const slidingPattern = z.union([count, list(flag)], {error: 'must be a number, or a list with a flag for each block'});

const architecture = z.strictObject({
	name: line,
	block_count: count,
	embedding_length: count,
	head_count: count,
	head_count_kv: z.union([count, headCounts], {error: 'must be a number, or a list with one for each block'}),
	key_length: count,
	value_length: countOrNone,
	feed_forward_length: z.optional(count),
	vocabulary_size: z.optional(count),
	expert_count: z.optional(count),
	expert_used_count: z.optional(count),
	expert_feed_forward_length: z.optional(count),
	leading_dense_block_count: z.optional(count),
	attention_block_count: z.optional(count),
	sliding_window: z.optional(count),
	sliding_pattern: z.optional(slidingPattern),
	sliding_key_length: z.optional(count),
	sliding_value_length: z.optional(count),
}, {error: issue => objectError(issue)});

const model = z.strictObject({
	id,
	name: line,
	family: line,
	parameters: count,
	active_parameters: z.nullable(count),
	quantization,
	context_window: count,
	file_size: count,
	file_size_exact: flag,
	ram_required: count,
	hugging_face_repo: repository,
	file_name: fileName,
	sha256: z.nullable(sha256),
	revision: z.nullable(revision),
	files: list(file).check(z.minLength(1, {error: 'must not be empty'})),
	recommended: flag,
	description: line,
	tags: list(tag),
	license: line,
	version: line,
	deprecated: flag,
	architecture: z.nullable(architecture),
}, {error: issue => objectError(issue)});

/**
`registry.json`. Where a fact is not known the field is null; no field is missing.
*/
export const registrySchema = z.strictObject({
	version: z.literal(registryVersion, {error: `must be the number ${registryVersion}`}),
	models: list(model),
}, {error: issue => objectError(issue)});

export type RegistryDocument = z.infer<typeof registrySchema>;
export type RegistryDocumentModel = RegistryDocument['models'][number];

function objectError(issue: z.core.$ZodRawIssue): string {
	return issue.code === 'unrecognized_keys' ? `has the unknown field ${String(issue.keys[0])}` : 'must be an object';
}
