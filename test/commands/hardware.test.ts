import assert from 'node:assert/strict';
import {test} from 'node:test';
import {invoke} from './helpers/invoke.js';
import {hardwareSchema} from './helpers/schemas.js';
import {temporaryHome} from './helpers/temporary-home.js';

void test('hardware tells the machine, the choice for it and what fits', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout, stderr} = await invoke(['hardware', '--limit', '3', '--json'], home);
	assert.equal(exitCode, 0);
	assert.equal(stderr, '');
	const report = hardwareSchema.parse(JSON.parse(stdout));
	assert.ok(report.memory.available_bytes <= report.memory.total_bytes);
	assert.ok(report.fitting_models.length <= 3);
	assert.ok(report.fitting_models.length <= report.fitting_count);

	const forPeople = await invoke(['hardware', '--limit', '3'], home);
	assert.match(forPeople.stdout, /^CPU +\S/mv);
	assert.match(forPeople.stdout, /^Memory .* available of /mv);
	assert.match(forPeople.stdout, new RegExp(`^${report.fitting_count} models of the registry fit`, 'mv'));
});
