import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import {invoke, jsonLines} from './helpers/invoke.js';
import {errorSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

void test('a setting is set, kept, got and listed', async () => {
	await using home = await temporaryHome();
	assert.deepEqual(await invoke(['config', 'set', 'cache_limit_bytes', '20GB'], home), {exitCode: 0, stdout: '20000000000\n', stderr: ''});
	const kept = await readFile(home.join('config.json'), 'utf8');
	assert.deepEqual(JSON.parse(kept), {version: 1, cache_limit_bytes: 20e9});
	const got = await invoke(['config', 'get', 'cache_limit_bytes', '--json'], home);
	assert.deepEqual(JSON.parse(got.stdout), {path: 'cache_limit_bytes', value: 20e9});
	const listed = await invoke(['config', '--json'], home);
	const {settings} = JSON.parse(listed.stdout) as {settings: Record<string, unknown>};
	assert.equal(settings.cache_limit_bytes, 20e9);
	assert.equal(settings['engine.context_size'], 4096);
	assert.equal(settings['chat.sampling.seed'], null);
	const forPeople = await invoke(['config', 'list'], home);
	assert.match(forPeople.stdout, /^engine\.context_size +4096$/mv);
});

void test('a list is shown as it is set', async () => {
	await using home = await temporaryHome();
	assert.deepEqual(await invoke(['config', 'set', 'downloads.mirrors', 'https://a.example, https://b.example'], home), {exitCode: 0, stdout: 'https://a.example,https://b.example\n', stderr: ''});
	const listed = await invoke(['config', 'list'], home);
	assert.match(listed.stdout, /^downloads\.mirrors +https:\/\/a\.example,https:\/\/b\.example$/mv);
	const got = await invoke(['config', 'get', 'downloads.mirrors', '--json'], home);
	assert.deepEqual(JSON.parse(got.stdout), {path: 'downloads.mirrors', value: ['https://a.example', 'https://b.example']});
	assert.deepEqual(await invoke(['config', 'set', 'downloads.mirrors', ''], home), {exitCode: 0, stdout: '\n', stderr: ''});
});

void test('a broken file is an error with its place; config path still tells where it is', async () => {
	await using home = await temporaryHome();
	await writeFile(home.join('config.json'), '{"version": 1, "bench": {"iterations": -1}}');
	const listed = await invoke(['config', '--json'], home);
	assert.equal(listed.exitCode, 2);
	assert.match(errorSchema.parse(jsonLines(listed.stderr)[0]).error.message, /bench\.iterations/v);
	assert.deepEqual(await invoke(['config', 'path'], home), {exitCode: 0, stdout: `${home.join('config.json')}\n`, stderr: ''});
	assert.equal(await readFile(home.join('config.json'), 'utf8'), '{"version": 1, "bench": {"iterations": -1}}');
});

void test('config sets a template of the user’s own, shows it, and takes it out again', async () => {
	await using home = await temporaryHome();
	const set = await invoke(['config', 'set', 'templates.my_own.temperature', '0.2'], home);
	assert.equal(set.exitCode, 0);
	const listed = await invoke(['config', '--json'], home);
	assert.equal((JSON.parse(listed.stdout) as {settings: Record<string, unknown>}).settings['templates.my_own.temperature'], 0.2);
	const wrong = await invoke(['config', 'set', 'templates.my_own.temperature', 'warm'], home);
	assert.equal(wrong.exitCode, 2);
	const unknown = await invoke(['config', 'set', 'templates.my_own.colour', 'red'], home);
	assert.equal(unknown.exitCode, 2);
	const misspelt = await invoke(['config', 'set', 'chat.template', 'my_won'], home);
	assert.equal(misspelt.exitCode, 3);
	assert.match(misspelt.stderr, /Did you mean my_own\?/v);
	const {stdout: template} = await invoke(['config', 'get', 'chat.template'], home);
	assert.equal(template, '\n');
	await invoke(['config', 'set', 'chat.template', 'my_own'], home);
	const used = await invoke(['run', 'starter', 'Hello', '--max-tokens', '1', '--json'], home);
	assert.equal(used.exitCode, 0);
	const taken = await invoke(['config', 'set', 'templates.my_own', ''], home);
	assert.deepEqual(taken, {exitCode: 0, stdout: '\n', stderr: ''});
	const gone = await invoke(['run', 'starter', 'Hello', '--json'], home);
	assert.match(gone.stderr, /unknown_template/v);
});
