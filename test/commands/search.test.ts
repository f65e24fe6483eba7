import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {errorSchema, searchSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

const many = Array.from({length: 60}, (_, index) => tinychatRepository({id: `herd/mustang-${index}-GGUF`}));
const hub = await startHub({repositories: [tinychatRepository({gated: 'auto'}), ...many]});

after(async () => {
	await hub.close();
});

void test('search prints a table for people, and nothing on stderr', async () => {
	await using home = await temporaryHome(hub);
	const {exitCode, stdout, stderr} = await invoke(['search', 'tinychat'], home);
	assert.equal(exitCode, 0);
	assert.equal(stderr, '');
	assert.match(stdout, /^REFERENCE +DOWNLOADS/v);
	assert.match(stdout, /^hf:remuda\/tinychat-2\.6M-GGUF +1\.2k +56 .* mit +gated$/mv);
});

void test('search --json prints one document with as many results as asked for, over all pages', async () => {
	await using home = await temporaryHome(hub);
	const {exitCode, stdout} = await invoke(['search', 'mustang', '--limit', '45', '--json'], home);
	assert.equal(exitCode, 0);
	const {query, results} = searchSchema.parse(JSON.parse(stdout));
	assert.equal(query, 'mustang');
	assert.equal(results.length, 45);
	assert.equal(new Set(results.map(({ref}) => ref)).size, 45);
});

void test('nothing found is no error', async () => {
	await using home = await temporaryHome(hub);
	const forPeople = await invoke(['search', 'unheard-of'], home);
	assert.deepEqual(forPeople, {exitCode: 0, stdout: '', stderr: 'No model matches.\n'});
	const forPrograms = await invoke(['search', 'unheard-of', '--json'], home);
	assert.deepEqual(searchSchema.parse(JSON.parse(forPrograms.stdout)).results, []);
	assert.equal(forPrograms.stderr, '');
});

void test('without a network it fails with 4, and says so in JSON too', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await invoke(['search', 'llama', '--json'], home);
	assert.equal(exitCode, 4);
	assert.equal(stdout, '');
	assert.equal(errorSchema.parse(jsonLines(stderr)[0]).error.code, 'offline');
});
