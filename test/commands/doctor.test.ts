import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import {invoke, jsonLines} from './helpers/invoke.js';
import {doctorSchema, errorSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

void test('doctor starts the engine, finds no error here, and warns of the missing hub', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await invoke(['doctor', '--json'], home);
	assert.equal(exitCode, 0);
	assert.equal(stderr, '');
	const {checks} = doctorSchema.parse(JSON.parse(stdout));
	assert.deepEqual(checks.map(({id}) => id), ['node', 'home', 'config', 'database', 'registry', 'space', 'hub', 'token', 'proxies', 'engine', 'sandbox', 'terminal']);
	const status = new Map(checks.map(check => [check.id, check.status]));
	assert.equal(status.get('engine'), 'ok');
	assert.equal(status.get('hub'), 'warning');
});

void test('doctor ends with 1 when a check finds an error, and still shows all', async () => {
	await using home = await temporaryHome();
	await writeFile(home.join('config.json'), 'no JSON');
	const forPeople = await invoke(['doctor'], home);
	assert.equal(forPeople.exitCode, 1);
	assert.match(forPeople.stdout, /^error +Settings .*\n +→ /mv);
	assert.match(forPeople.stdout, /^ok +Home /mv);
	assert.match(forPeople.stderr, /^error: 1 of 12 checks found an error: config\./v);
	const forPrograms = await invoke(['doctor', '--json'], home);
	assert.equal(forPrograms.exitCode, 1);
	assert.equal(errorSchema.parse(jsonLines(forPrograms.stderr)[0]).error.code, 'doctor_found_errors');
});
