import assert from 'node:assert/strict';
import {open, rm} from 'node:fs/promises';
import {after, test} from 'node:test';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {pruneSchema, usageSchema, verifyEventSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

const folder = 'huggingface/remuda/tinychat-2.6M-GGUF';
const hub = await startHub({repositories: [tinychatRepository()]});

after(async () => {
	await hub.close();
});

async function homeWithModels() {
	const home = await temporaryHome(hub);
	const {exitCode} = await invoke(['download', 'hf:remuda/tinychat-2.6M-GGUF:Q2_K', 'hf:remuda/tinychat-2.6M-GGUF:Q4_K_M', '--quiet'], home);
	assert.equal(exitCode, 0);
	return home;
}

void test('cache and cache usage tell what models take', async () => {
	await using home = await homeWithModels();
	const forPrograms = await invoke(['cache', '--json'], home);
	const usage = usageSchema.parse(JSON.parse(forPrograms.stdout));
	assert.equal(usage.model_count, 2);
	assert.equal(usage.model_bytes, 1_123_808 + 1_668_064);
	assert.ok(usage.disk_free_bytes > 0);
	const forPeople = await invoke(['cache', 'usage'], home);
	assert.match(forPeople.stdout, /^Models +2\.79 MB in 2$/mv);
});

void test('cache clean frees nothing where nothing is left over', async () => {
	await using home = await homeWithModels();
	assert.deepEqual(await invoke(['cache', 'clean'], home), {exitCode: 0, stdout: 'Freed 0 B.\n', stderr: ''});
});

void test('cache prune shows what would go, asks, and removes it', async () => {
	await using home = await homeWithModels();
	const dry = await invoke(['cache', 'prune', '--limit', '2MB', '--dry-run', '--json'], home);
	const plan = pruneSchema.parse(JSON.parse(dry.stdout));
	assert.equal(plan.remove.length, 1);
	assert.equal(plan.freed_bytes, 0);
	assert.equal(await home.modelCount(), 2);

	const asking = await invoke(['cache', 'prune', '--limit', '2MB'], home);
	assert.equal(asking.exitCode, 2);
	assert.match(asking.stderr, /WOULD REMOVE[\s\S]*--yes/v);
	assert.equal(await home.modelCount(), 2);

	const done = await invoke(['cache', 'prune', '--limit', '2MB', '--yes', '--json'], home);
	assert.equal(done.exitCode, 0);
	assert.equal(pruneSchema.parse(JSON.parse(done.stdout)).freed_bytes, plan.planned_bytes);
	assert.equal(await home.modelCount(), 1);
});

void test('cache prune without --limit takes the one of the settings', async () => {
	await using home = await homeWithModels();
	await invoke(['config', 'set', 'cache_limit_bytes', '10MB'], home);
	const {exitCode, stdout} = await invoke(['cache', 'prune'], home);
	assert.equal(exitCode, 0);
	assert.match(stdout, /Nothing to remove: models take 2\.79 MB, the limit is 10\.0 MB/v);
});

void test('cache verify: all right is 0, a changed or missing file is 5', async () => {
	await using home = await homeWithModels();
	const good = await invoke(['cache', 'verify', '--json'], home);
	assert.equal(good.exitCode, 0);
	assert.equal(verifyEventSchema.parse(jsonLines(good.stdout).at(-1)).type, 'completed');

	const file = await open(home.join('models', folder, 'tinychat-2.6M.Q2_K.gguf'), 'r+');
	await file.write('changed', 100_000);
	await file.close();
	await rm(home.join('models', folder, 'tinychat-2.6M.Q4_K_M.gguf'));
	const bad = await invoke(['cache', 'verify', '--json'], home);
	assert.equal(bad.exitCode, 5);
	const events = jsonLines(bad.stdout).map(line => verifyEventSchema.parse(line));
	assert.equal(events.at(-1)?.type, 'failed');
	assert.deepEqual(events.filter(event => event.type === 'result').map(({status}) => status).toSorted(), ['changed', 'missing', 'ok']);

	const one = await invoke(['cache', 'verify', 'starter'], home);
	assert.equal(one.exitCode, 0);
	assert.match(one.stdout, /^starter +ok$/mv);
	const forPeople = await invoke(['cache', 'verify'], home);
	assert.match(forPeople.stdout, /changed +\/.*Q2_K\.gguf$/mv);
	assert.match(forPeople.stderr, /^error: 2 of 3 models/v);
});
