import assert from 'node:assert/strict';
import {readdir, utimes} from 'node:fs/promises';
import {test} from 'node:test';
import {endWorker} from '../helpers/workers.js';
import {
	modelId,
	reference,
	sha256Of,
	startModelWorld,
	type ModelWorld,
} from './model-world.js';
import {jsonLines, runRemuda, startCommand} from './run-remuda.js';
import {startRemuda} from './start-remuda.js';

// What the kernel holds of a connection when it is cut is some megabytes, and came for nothing.
const sizeBytes = 256_000_000;
const bytesPerSecond = 30_000_000;
// So slow that what is on its way at the end is little.
const slow = {bytesPerSecond: 4_000_000};

/**
The file is right, nothing is left over, hardly anything came twice, and the model can be used.
*/
async function assertWhole({hub, file, home, target, surroundings, modelFiles, refetchedBytes}: ModelWorld): Promise<void> {
	assert.equal(await sha256Of(target), await file.sha256());
	assert.deepEqual(await modelFiles(), [target]);
	assert.deepEqual(await readdir(`${home}/.remuda/models/.downloading`), []);
	assert.ok(refetchedBytes() < 0.05 * file.sizeBytes, `${refetchedBytes()} bytes came twice`);
	const listed = await runRemuda(surroundings, 'list', '--json');
	const {models} = JSON.parse(listed.stdout) as {models: ReadonlyArray<{id: string; path: string; checksum: string}>};
	const found = models.find(({id}) => id === modelId);
	assert.equal(found?.path, target);
	assert.equal(found.checksum, `sha256:${await file.sha256()}`);
	hub.assertNoTokenAtCdn();
}

test('remuda download and its worker, killed in mid-download, go on in the next processes, although the clock jumped meanwhile', async () => {
	await using world = await startModelWorld({sizeBytes, bytesPerSecond});
	const {hub, file, surroundings, modelFiles} = world;
	await using first = startCommand(surroundings, 'download', reference, '--json');
	const waitForBytes = async (bytes: number) => first.waitFor(stdout => jsonLines(stdout).some(line => Number(line.received_bytes) > bytes));
	await waitForBytes(0.2 * sizeBytes);
	hub.setRate(slow);
	await waitForBytes(0.22 * sizeBytes);
	first.kill('SIGKILL');
	await endWorker(world.join('.remuda'), 'SIGKILL');
	const {signal, stdout} = await first.ended;
	assert.equal(signal, 'SIGKILL');
	const reported = Number(jsonLines(stdout).at(-1)?.received_bytes);

	// A clock that jumped by decades makes nothing stale that is still wanted.
	const left = await modelFiles();
	await Promise.all(left.map(async path => utimes(path, 0, 0)));
	hub.setRate({});
	const second = await runRemuda(surroundings, 'download', reference, '--json');
	assert.equal(second.code, 0, second.stderr);
	const last = jsonLines(second.stdout).at(-1);
	assert.equal(last?.type, 'completed');
	// What was said to be there is there.
	assert.ok(Number(last.resumed_bytes) >= reported, `${String(last.resumed_bytes)} of ${reported}`);
	const surplus = Number(last.resumed_bytes) + Number(last.fetched_bytes) - file.sizeBytes;
	assert.ok(surplus >= 0, `${-surplus} bytes are missing`);
	assert.ok(surplus < 0.02 * file.sizeBytes, `${surplus} bytes too many`);
	await assertWhole(world);
});

test('the app and its worker, killed in mid-download, go on at the next start by themselves', async () => {
	await using world = await startModelWorld({sizeBytes, bytesPerSecond});
	const {hub, surroundings} = world;
	await using first = startRemuda(surroundings);
	await first.waitFor('Qwen2.5 Coder', {deadline: 20_000});
	first.press('/');
	first.type('herd');
	await first.waitFor('owner/herd-GGUF');
	first.press('Enter');
	await first.waitFor(/› {0,8}owner\/herd/v);
	first.press('d');
	await first.waitFor(/Queued/v);
	first.press('2');
	await first.waitFor(/› herd.* [2-9]\d ?%/v);
	hub.setRate(slow);
	const percent = () => /› herd.* \d\d ?%/v.exec(first.text())?.[0];
	const before = percent();
	await first.waitFor(() => percent() !== before);
	first.signal('SIGKILL');
	await first.waitForExit();
	await endWorker(world.join('.remuda'), 'SIGKILL');

	hub.setRate({});
	await using second = startRemuda(surroundings);
	second.press('2');
	await second.waitFor(/› herd.* completed/v);
	second.press('q');
	assert.deepEqual(await second.waitForExit(), {code: 0, signal: undefined});
	await assertWhole(world);
});

test('two processes that download the same model at once fetch it once, and both end well', async () => {
	await using world = await startModelWorld({bytesPerSecond: 40_000_000});
	const {file, surroundings, target, modelFiles, refetchedBytes} = world;
	const ends = await Promise.all([1, 2].map(async () => runRemuda(surroundings, 'download', reference)));
	assert.deepEqual(ends.map(({code, stdout}) => ({code, stdout})), ends.map(() => ({code: 0, stdout: `${target}\n`})), ends.map(({stderr}) => stderr).join('\n'));
	assert.equal(await sha256Of(target), await file.sha256());
	assert.deepEqual(await modelFiles(), [target]);
	// What is on its way when a connection is cut for another comes for nothing, but no process fetched it all again.
	assert.ok(refetchedBytes() < 0.2 * file.sizeBytes, `${refetchedBytes()} bytes came twice`);
});
