import assert from 'node:assert/strict';
import {test} from 'node:test';
import {invoke, jsonLines} from './helpers/invoke.js';
import {benchmarkEventSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

void test('bench measures as often as asked for, and prints lines of JSON', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await invoke(['bench', 'starter', '--iterations', '2', '--prompt-tokens', '32', '--generated-tokens', '16', '--json'], home);
	assert.equal(exitCode, 0);
	assert.equal(stderr, '');
	const last = benchmarkEventSchema.parse(jsonLines(stdout).at(-1));
	assert.equal(last.type, 'completed');
	assert.deepEqual(last.iterations.map(iteration => [iteration.prompt_tokens, iteration.generated_tokens]), [[32, 16], [32, 16]]);
	assert.ok(last.peak_memory_bytes > 1e6);
	const {expected} = last.estimate!.generation_tokens_per_second;
	assert.ok(Math.abs(last.estimate!.generation_error! - ((expected / last.generation_tokens_per_second) - 1)) < 0.01);
	const judged = await invoke(['fit', 'starter'], home);
	assert.match(judged.stdout, /^measured here +[\d,.]+ tokens\/s, prompts [\d,.]+ \(\d{4}-\d\d-\d\d, at 40 tokens, \d+ threads?\)\nestimated then +[\d,.]+ tokens\/s, /mv);
	assert.match(judged.stdout, /Moved by .+ after benchmarks of this model on this machine\./v);
});

void test('bench prints a table for people, and names one that is not installed before it measures any', async () => {
	await using home = await temporaryHome();
	const table = await invoke(['bench', 'starter', '--iterations', '1', '--prompt-tokens', '16', '--generated-tokens', '8'], home);
	assert.equal(table.exitCode, 0);
	assert.match(table.stdout, /^MODEL .*GENERATION/v);
	assert.match(table.stdout, /^starter +Q8_0 +[\d.]+ ± [\d.]+ tok\/s +[\d.]+ ± [\d.]+ tok\/s +[\d.]+, [+−]\d+ %/mv);
	const missing = await invoke(['bench', 'starter', 'nothing', '--json'], home);
	assert.equal(missing.exitCode, 3);
	assert.equal(missing.stdout, '');
});
