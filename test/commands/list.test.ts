import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as z from 'zod';
import {invoke} from './helpers/invoke.js';
import {installedSchema, registrySchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

void test('list shows the starter model in a new home, to people and to programs', async () => {
	await using home = await temporaryHome();
	const forPeople = await invoke(['list'], home);
	assert.equal(forPeople.exitCode, 0);
	assert.equal(forPeople.stderr, '');
	assert.match(forPeople.stdout, /^starter +Q8_0 +2\.83 MB/mv);
	const forPrograms = await invoke(['list', '--cached', '--json'], home);
	const {models} = z.strictObject({models: z.array(installedSchema)}).parse(JSON.parse(forPrograms.stdout));
	assert.deepEqual(models.map(({id, ref, size_bytes: size, use_count: uses}) => [id, ref, size, uses]), [['starter', 'starter', 2_826_720, 0]]);
});

void test('list --all shows the registry, with every field', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout} = await invoke(['list', '--all', '--json'], home);
	assert.equal(exitCode, 0);
	const {models} = z.strictObject({models: z.array(registrySchema)}).parse(JSON.parse(stdout));
	assert.ok(models.length >= 60);
	const ids = new Set(models.map(({id}) => id));
	assert.deepEqual(['qwen2.5-coder-3b-q4', 'qwen2.5-coder-7b-q5', 'qwen2.5-coder-14b-q5', 'qwen2.5-coder-14b-q8'].filter(id => !ids.has(id)), []);
	const forPeople = await invoke(['list', '--all'], {...home, terminalWidth: 80});
	assert.match(forPeople.stdout, /^qwen2\.5-coder-3b-q4 .*recommended$/mv);
});
