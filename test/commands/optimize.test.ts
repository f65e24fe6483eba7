import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as z from 'zod/mini';
import {invoke, jsonLines} from './helpers/invoke.js';
import {errorSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

const planSchema = z.object({
	context_size: z.number(), gpu_layers: z.number(), batch_size: z.number(), threads: z.number(), kv_cache_type: z.string(),
});
const rangeSchema = z.object({low: z.number(), expected: z.number(), high: z.number()});
const optimizedSchema = z.object({
	model: z.string(),
	goal: z.string(),
	kind: z.string(),
	plan: planSchema,
	reasons: z.record(z.string(), z.string()),
	saved: z.boolean(),
	recommendations: z.array(z.string()),
	fit: z.object({level: z.string()}),
	speed: z.object({generation_tokens_per_second: rangeSchema}),
});
const sizedSchema = z.object({type: z.literal('completed'), context_size: z.number()});

void test('a saved plan is used by run and by bench, a flag goes before it, and a reset forgets it', async () => {
	await using home = await temporaryHome();
	const contextOf = async (...words: readonly string[]): Promise<number> => {
		const {stdout} = await invoke([...words, '--json'], home);
		return sizedSchema.parse(jsonLines(stdout).at(-1)).context_size;
	};

	const run = ['run', 'starter', 'Hello', '--max-tokens', '2'];
	assert.equal(await contextOf(...run), 1024);
	const {stdout, exitCode} = await invoke(['optimize', 'starter', '--for', 'memory', '--context', '512', '--save', '--json'], home);
	assert.equal(exitCode, 0);
	const optimized = optimizedSchema.parse(JSON.parse(stdout));
	assert.deepEqual([optimized.saved, optimized.goal, optimized.plan.context_size, optimized.plan.batch_size, optimized.fit.level], [true, 'memory', 512, 64, 'memory']);
	assert.equal(await contextOf(...run), 512);
	assert.equal(await contextOf(...run, '--context', '768'), 768);
	assert.equal(await contextOf('bench', 'starter', '--iterations', '1', '--prompt-tokens', '16', '--generated-tokens', '2'), 512);
	const shown = await invoke(['optimize', 'starter', '--show'], home);
	assert.match(shown.stdout, /For memory, stored just now.*512 tokens.*expected and .* used/sv);
	const forgotten = await invoke(['optimize', 'starter', '--reset', '--json'], home);
	assert.deepEqual(JSON.parse(forgotten.stdout), {model: 'starter', reset: true});
	const gone = await invoke(['optimize', 'starter', '--show'], home);
	assert.equal(gone.exitCode, 3);
});

void test('a plan for a described machine is worked out for it, and cannot be saved', async () => {
	await using home = await temporaryHome();
	const {stdout} = await invoke(['optimize', 'qwen2.5-coder-7b-q5', '--simulate', 'RTX 4090, 64 GB', '--json'], home);
	const {plan, fit, kind} = optimizedSchema.parse(JSON.parse(stdout));
	assert.deepEqual([plan.gpu_layers, fit.level, kind], [29, 'gpu', 'code']);
	const refused = await invoke(['optimize', 'starter', '--simulate', 'RTX 4090, 64 GB', '--save', '--json'], home);
	assert.equal(refused.exitCode, 2);
	assert.equal(errorSchema.parse(jsonLines(refused.stderr)[0]).error.code, 'conflicting_flags');
});

void test('what cannot run is not kept, what cannot be is refused, and a context beyond the trained one is cut', async () => {
	await using home = await temporaryHome();
	const none = await invoke(['optimize', 'gpt-oss-120b-mxfp4', '--simulate', 'no GPU, 4 GB'], home);
	assert.equal(none.exitCode, 7);
	assert.doesNotMatch(none.stdout, /--save keeps it/v);
	assert.match(none.stderr, /does not fit, however it is loaded/v);
	const threads = await invoke(['optimize', 'starter', '--threads', '999'], home);
	assert.equal(threads.exitCode, 2);
	const cut = await invoke(['optimize', 'starter', '--context', '999999', '--json'], home);
	assert.equal(optimizedSchema.parse(JSON.parse(cut.stdout)).plan.context_size, 1024);
	const small = await invoke(['optimize', 'starter', '--context', '256', '--json'], home);
	assert.equal(optimizedSchema.parse(JSON.parse(small.stdout)).plan.batch_size, 256);
	const missing = await invoke(['optimize', 'qwen2.5-coder-7b-q5', '--save'], home);
	assert.equal(missing.exitCode, 3);
});

void test('what is wrong with a plan is told all at once, before anything is loaded', async () => {
	await using home = await temporaryHome();
	const {exitCode, stderr} = await invoke(['run', 'starter', 'Hello', '--threads', '1000', '--gpu-layers', '5000', '--json'], home);
	assert.equal(exitCode, 2);
	const {error} = errorSchema.parse(jsonLines(stderr)[0]);
	assert.equal(error.code, 'invalid_plan');
	assert.match(error.message, /1,000 threads/v);
	const unknown = await invoke(['run', 'starter', 'Hello', '--template', 'interfase'], home);
	assert.equal(unknown.exitCode, 3);
	assert.match(unknown.stderr, /Did you mean interface\? There are interface, knowledge, embedding/v);
	const odd = await invoke(['run', 'starter', 'Hello', '--kv-cache', 'q5'], home);
	assert.equal(odd.exitCode, 2);
});

void test('the user’s own template is used for an answer', async () => {
	await using home = await temporaryHome();
	await invoke(['config', 'set', 'templates.brief.max_tokens', '1'], home);
	const {stdout} = await invoke(['run', 'starter', 'What is the capital of France?', '--template', 'brief', '--json'], home);
	assert.equal((jsonLines(stdout).at(-1) as {generated_tokens: number}).generated_tokens, 1);
});
