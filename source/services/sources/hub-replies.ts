import camelcaseKeys from 'camelcase-keys';
import {z} from 'zod';
import {sanitizeLine} from '../../format/sanitize.js';
import {isRepository} from '../references/is-repository.js';

// Everything that a hub says is bounded here, and what is not needed or not as expected is left away rather than refused.
const maximumTags = 200;

const line = z.string().transform(text => sanitizeLine(text.slice(0, 1000)).slice(0, 200));
const address = z.string().max(1000);
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const repositoryId = z.string().refine(isRepository);
const commit = z.string().regex(/^[\da-f]{40}$/v);
const sha256 = z.string().regex(/^[\da-f]{64}$/v);
const time = z.string().max(64).refine(text => !Number.isNaN(Date.parse(text)));
const camelCaseObject = z.record(z.string(), z.unknown()).transform(keys => camelcaseKeys(keys));

/**
Undefined instead of anything that does not fit.
*/
function lenient<Schema extends z.ZodType>(schema: Schema): z.ZodCatch<z.ZodOptional<Schema>> {
	return schema.optional().catch(undefined);
}

/**
`value` instead of anything that does not fit.
*/
function withFallback<Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>): z.ZodCatch<Schema> {
	return schema.catch(value);
}

const tags = z.array(z.unknown()).transform(values => values.slice(0, maximumTags).map(tag => line.safeParse(tag).data ?? '').filter(tag => tag !== ''));

const model = z.object({
	id: repositoryId,
	downloads: withFallback(count, 0),
	likes: withFallback(count, 0),
	lastModified: lenient(time),
	// False, or a word for how access is granted.
	gated: z.unknown().transform(value => value === true || typeof value === 'string'),
	tags: withFallback(tags, []),
});

/**
A page of `GET /api/models`; a model that is not named as models are is dropped.
*/
export const modelListReply = z.array(z.unknown()).max(1000).transform(models => models.map(item => model.safeParse(item).data).filter(item => item !== undefined));

const gguf = camelCaseObject.pipe(z.object({total: lenient(count), architecture: lenient(line), contextLength: lenient(count)}));
const cardData = camelCaseObject.pipe(z.object({licenseName: lenient(line), licenseLink: lenient(address)}));

/**
`GET /api/models/ID/revision/REVISION`.
*/
export const modelReply = model.extend({sha: commit, gguf: lenient(gguf), cardData: lenient(cardData)});

/**
What the hub keeps of a large file: `oid` is the SHA-256 of its content.
*/
const largeFile = z.object({oid: sha256, size: count});

/**
`GET /api/models/ID/tree/REVISION`; paths are checked later.
*/
export const treeReply = z.array(z.object({
	type: z.string(),
	path: z.string(),
	size: withFallback(count, 0),
	lfs: lenient(largeFile),
})).max(100_000);

export type ModelListItem = z.infer<typeof model>;
export type ModelReply = z.infer<typeof modelReply>;
export type TreeEntry = z.infer<typeof treeReply>[number];
