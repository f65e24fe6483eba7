import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
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
	// How many depends on the memory that is free just then.
	assert.match(forPeople.stdout, /^\d+ models of the registry fit/mv);
});

void test('hardware measures the bandwidth of the memory once, and anew when asked to', async () => {
	await using home = await temporaryHome();
	const ask = async (...flags: readonly string[]) => {
		const {stdout} = await invoke(['hardware', '--limit', '0', '--json', ...flags], home);
		return hardwareSchema.parse(JSON.parse(stdout)).memory;
	};

	const first = await ask();
	assert.ok((first.bandwidth_bytes_per_second ?? 0) > 0);
	const again = await ask();
	// What was measured while other tests run may be measured again.
	assert.ok(first.bandwidth_while_busy || again.bandwidth_measured_at === first.bandwidth_measured_at);
	const anew = await ask('--measure');
	assert.ok(first.bandwidth_while_busy || anew.bandwidth_measured_at !== first.bandwidth_measured_at);
});

void test('hardware answers for a machine that is described, and measures nothing for it', async () => {
	await using home = await temporaryHome();
	const {exitCode, stdout} = await invoke(['hardware', '--simulate', 'RTX 4090, Ryzen 9 7950X, 64 GB', '--limit', '3', '--json'], home);
	assert.equal(exitCode, 0);
	const report = hardwareSchema.parse(JSON.parse(stdout));
	assert.deepEqual([report.gpus[0]?.name, report.gpus[0]?.bandwidth_bytes_per_second, report.memory.total_bytes], ['GeForce RTX 4090', 1010e9, 64 * (2 ** 30)]);
	assert.equal(report.simulated?.description, 'RTX 4090, Ryzen 9 7950X, 64 GB');
	assert.ok((report.simulated?.assumptions.length ?? 0) > 0);
	assert.equal(report.memory.bandwidth_measured_at, null);
	assert.ok(report.fitting_models.every(({fit}) => ['gpu', 'split', 'memory'].includes(fit.level)));

	const forPeople = await invoke(['hardware', '--simulate', 'RTX 4090, 64 GB', '--limit', '3'], home);
	assert.match(forPeople.stdout, /^Simulated +RTX 4090, 64 GB$/mv);
	assert.match(forPeople.stdout, /^GPU +GeForce RTX 4090, .* free of 25\.8 GB, 1\.01 TB\/s$/mv);
	assert.match(forPeople.stdout, /^Assumed +\S/mv);

	const unknown = await invoke(['hardware', '--simulate', 'RTX 4095', '--json'], home);
	assert.equal(unknown.exitCode, 2);
	assert.match(unknown.stderr, /"code":"unknown_hardware".*GeForce RTX 4090/v);
	const both = await invoke(['hardware', '--simulate', '64 GB', '--measure'], home);
	assert.equal(both.exitCode, 2);
	assert.match(both.stderr, /cannot be measured/v);
});

void test('hardware tells the machine even where nothing can be kept', async () => {
	await using home = await temporaryHome();
	await writeFile(home.join('remuda.sqlite'), 'no database');
	const {exitCode, stdout} = await invoke(['hardware', '--limit', '0', '--json'], home);
	assert.equal(exitCode, 0);
	const report = hardwareSchema.parse(JSON.parse(stdout));
	assert.equal(report.memory.bandwidth_bytes_per_second, null);
	assert.ok(report.warnings.length > 0);
	const asked = await invoke(['hardware', '--measure', '--json'], home);
	assert.notEqual(asked.exitCode, 0);
});
