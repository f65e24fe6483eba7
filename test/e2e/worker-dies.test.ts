import assert from 'node:assert/strict';
import {rename, stat} from 'node:fs/promises';
import process from 'node:process';
import {test} from 'node:test';
import {workerOf} from '../helpers/workers.js';
import {
	modelId,
	reference,
	sha256Of,
	startModelWorld,
} from './model-world.js';
import {
	jsonLines,
	runRemuda,
	startCommand,
	toldError,
} from './run-remuda.js';
import {workerEnded} from './worker.js';

const hasReceived = (stdout: string) => jsonLines(stdout).some(line => Number(line.received_bytes) > 2_000_000);

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
	test(`who waits for a download has another worker go on when the first ends with ${signal}`, async () => {
		await using world = await startModelWorld({sizeBytes: 16_000_000, bytesPerSecond: 4_000_000});
		await using _ = workerEnded(world.home);
		await using waiting = startCommand(world.surroundings, 'download', reference, '--json');
		await waiting.waitFor(hasReceived);
		await using watching = startCommand(world.surroundings, 'downloads', 'watch', '--json');
		await watching.waitFor(hasReceived);
		world.hub.setRate({});
		const worker = await workerOf(world.join('.remuda'));
		process.kill(worker!, signal);
		const ends = await Promise.all([waiting.ended, watching.ended]);
		assert.deepEqual(ends.map(({code, stderr}) => ({code, stderr})), ends.map(() => ({code: 0, stderr: ''})));
		const [done, watched] = ends.map(({stdout}) => jsonLines(stdout).at(-1));
		assert.deepEqual([done?.type, done?.id], ['completed', modelId]);
		assert.deepEqual(watched, {type: 'completed', downloads: 1});
		assert.equal(await sha256Of(world.target), await world.file.sha256());
	});
}

test('who watches a home that goes away is told so, and nothing is put up in its place', async () => {
	await using world = await startModelWorld({sizeBytes: 16_000_000, bytesPerSecond: 2_000_000});
	await using _ = workerEnded(world.home);
	const home = world.join('.remuda');
	const {code} = await runRemuda(world.surroundings, 'download', reference, '--background');
	assert.equal(code, 0);
	await using watching = startCommand(world.surroundings, 'downloads', 'watch', '--json');
	await watching.waitFor(stdout => jsonLines(stdout).some(line => Number(line.received_bytes) > 0));
	await rename(home, world.join('elsewhere'));
	const end = await watching.ended;
	assert.equal(end.code, 1);
	assert.equal(toldError(end).code, 'home_gone');
	assert.equal(jsonLines(end.stdout).at(-1)?.type, 'failed');
	await assert.rejects(stat(home), {code: 'ENOENT'});
});
