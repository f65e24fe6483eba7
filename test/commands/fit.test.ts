import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import * as z from 'zod';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {starterModelPath} from '../helpers/starter-model.js';
import {invoke} from './helpers/invoke.js';
import {errorSchema, fitSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

const hub = await startHub({repositories: [tinychatRepository()]});

after(async () => {
	await hub.close();
});

const judged = z.object({
	reference: z.string(), model: z.string(), fit: fitSchema, speed: z.unknown(),
});
const schema = z.object({models: z.array(judged)});

async function fitsOf(parameters: readonly string[], home: Awaited<ReturnType<typeof temporaryHome>>) {
	const {exitCode, stdout, stderr} = await invoke(['fit', ...parameters, '--json'], home);
	return {exitCode, stderr, models: schema.parse(JSON.parse(stdout)).models};
}

void test('a model on the hub is judged by its header, as the same file here is', async () => {
	await using home = await temporaryHome(hub);
	const {exitCode, models} = await fitsOf(['hf:remuda/tinychat-2.6M-GGUF:Q8_0', starterModelPath, '--context', '512', '--gpu-layers', '0'], home);
	const [remote, local] = models;
	assert.equal(exitCode, 0);
	assert.deepEqual(remote?.fit.need_lines, local?.fit.need_lines);
	assert.ok(remote!.fit.need_lines.some(({part, bytes}) => part === 'weights' && bytes === 2_794_496));
	const fetched = hub.requests.filter(({path}) => path.includes('/resolve/'));
	assert.ok(fetched.length > 0);
	assert.ok(fetched.every(({headers}) => headers.range !== undefined));
});

void test('the flags decide context, cache and layers', async () => {
	await using home = await temporaryHome();
	const cacheOf = async (...flags: readonly string[]) => {
		const {models} = await fitsOf(['qwen2.5-coder-7b-q5', '--simulate', '64 GB', ...flags], home);
		return models[0]!.fit.need_lines.filter(({part}) => part === 'cache').reduce((sum, {bytes}) => sum + bytes, 0);
	};

	assert.equal(await cacheOf('--context', '8192'), 2 * await cacheOf('--context', '4096'));
	assert.equal(await cacheOf('--kv-cache', 'q8_0'), await cacheOf() * 34 / 64);
});

void test('a model that does not fit ends with 7, with the sum printed all the same', async () => {
	await using home = await temporaryHome();
	const {exitCode, stderr, models} = await fitsOf(['qwen2.5-coder-14b-q8', '--simulate', 'no GPU, 8 GB'], home);
	const [model] = models;
	assert.equal(exitCode, 7);
	assert.equal(model?.fit.level, 'none');
	assert.equal(model.speed, null);
	assert.ok(model.fit.short_bytes > 1e9);
	assert.equal(errorSchema.parse(JSON.parse(stderr)).error.code, 'does_not_fit');
});

void test('less context than asked for is no fit, but says how much would', async () => {
	await using home = await temporaryHome();
	const {exitCode, models} = await fitsOf(['qwen2.5-coder-7b-q5', '--context', '32768', '--simulate', 'no GPU, 8 GB'], home);
	const [model] = models;
	assert.equal(exitCode, 7);
	assert.equal(model?.fit.level, 'less-context');
	assert.ok(model.fit.context_length >= 512);
	assert.ok(model.fit.context_length < 32_768);
});

void test('a large card holds it wholly, a smaller one some layers', async () => {
	await using home = await temporaryHome();
	const levelOn = async (machine: string) => {
		const {models} = await fitsOf(['qwen2.5-coder-14b-q5', '--simulate', machine], home);
		return models[0]?.fit.level;
	};

	assert.equal(await levelOn('RTX 4090, 64 GB'), 'gpu');
	assert.equal(await levelOn('RTX 3060 8 GB, 64 GB'), 'split');
	assert.equal(await levelOn('no GPU, 64 GB'), 'memory');
});

void test('one model is shown line by line, several as a table', async () => {
	await using home = await temporaryHome();
	const one = await invoke(['fit', 'qwen2.5-coder-7b-q5', '--simulate', 'no GPU, 64 GB'], home);
	assert.match(one.stdout, /^Fits in memory: /mv);
	assert.match(one.stdout, /^KV cache at 4,096 tokens +235 MB$/mv);
	assert.match(one.stdout, /^generation +\d/mv);
	const several = await invoke(['fit', 'qwen2.5-coder-7b-q5', 'starter', '--simulate', 'no GPU, 64 GB'], home);
	assert.match(several.stdout, /^MODEL +FIT +NEEDS +ON GPU +CONTEXT +TOKENS\/S$/mv);
	assert.match(several.stdout, /^starter +in memory +14\d MB +– +1,024 +[\d,.]+ \([\d,.]+ to [\d,.]+\)$/mv);
});

void test('a model that nobody knows is an error with the nearest name', async () => {
	await using home = await temporaryHome();
	const {exitCode, stderr} = await invoke(['fit', 'qwen2.5-coder-7b-q6'], home);
	assert.equal(exitCode, 3);
	assert.match(stderr, /Did you mean qwen2\.5-coder-7b-q\d\?/v);
});

void test('what cannot be asked of one model does not keep the others from being told', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await invoke(['fit', 'starter', 'qwen2.5-coder-7b-q6'], home);
	assert.equal(exitCode, 3);
	assert.match(stdout, /^starter +in memory .*\nqwen2\.5-coder-7b-q6 +model not found/mv);
	assert.match(stderr, /No model is called/v);
});

void test('what a load would refuse is refused, and a file that is not there is said to be so', async () => {
	await using home = await temporaryHome();
	const threads = await invoke(['fit', 'starter', '--threads', '999'], home);
	assert.equal(threads.exitCode, 2);
	assert.match(threads.stderr, /999 threads would share/v);
	const missing = await invoke(['fit', './missing.gguf'], home);
	assert.equal(missing.exitCode, 3);
	assert.match(missing.stderr, /There is no file/v);
});

void test('by the plan that is kept for a model, which is said', async () => {
	await using home = await temporaryHome();
	await invoke(['optimize', 'starter', '--context', '512', '--kv-cache', 'q8_0', '--save'], home);
	const {stdout} = await invoke(['fit', 'starter'], home);
	assert.match(stdout, /By the plan that is kept for it\..*KV cache at 512 tokens in q8_0/sv);
});

void test('where less context fits, the hint says how much', async () => {
	await using home = await temporaryHome();
	const {stderr} = await invoke(['fit', 'qwen2.5-coder-7b-q5', '--context', '32768', '--simulate', 'no GPU, 8 GB'], home);
	assert.match(stderr, /hint: --context \d+ fits/v);
});
