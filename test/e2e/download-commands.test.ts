import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	modelId,
	reference,
	sha256Of,
	startModelWorld,
	type ModelWorld,
} from './model-world.js';
import {
	jsonLines,
	runRemuda,
	startCommand,
	toldError,
} from './run-remuda.js';
import {workerEnded} from './worker.js';

// So slow that nothing is done before the test says so.
const slow = {bytesPerSecond: 4_000_000};

const hasReceived = (stdout: string) => jsonLines(stdout).some(line => Number(line.received_bytes) > 0);

async function statusOf({surroundings}: ModelWorld): Promise<unknown> {
	const {stdout} = await runRemuda(surroundings, 'downloads', '--json');
	const {downloads} = JSON.parse(stdout) as {readonly downloads: ReadonlyArray<{readonly id: string; readonly status: string}>};
	return downloads.find(({id}) => id === modelId)?.status;
}

/**
Lets it come at full speed, and waits for the end from another process.
*/
async function finish({hub, surroundings, target, file}: ModelWorld): Promise<void> {
	hub.setRate({});
	const {code, stdout} = await runRemuda(surroundings, 'downloads', 'watch', '--json');
	assert.equal(code, 0);
	assert.deepEqual(jsonLines(stdout).at(-1), {type: 'completed', downloads: 1});
	assert.equal(await sha256Of(target), await file.sha256());
}

test('download --background goes on after the command, and downloads watch sees it through', async () => {
	await using world = await startModelWorld({sizeBytes: 16_000_000, ...slow});
	await using _ = workerEnded(world.home);
	const {code, stdout} = await runRemuda(world.surroundings, 'download', reference, '--background');
	assert.deepEqual([code, stdout], [0, `${modelId}\n`]);
	await using watching = startCommand(world.surroundings, 'downloads', 'watch', '--json');
	await watching.waitFor(hasReceived);
	watching.kill('SIGINT');
	const {code: watchCode} = await watching.ended;
	assert.equal(watchCode, 130);
	assert.equal(await statusOf(world), 'downloading');
	await finish(world);
});

test('Ctrl-C pauses what the command waits for; a terminal that goes away does not', async () => {
	await using world = await startModelWorld({sizeBytes: 16_000_000, ...slow});
	await using _ = workerEnded(world.home);
	await using first = startCommand(world.surroundings, 'download', reference, '--json');
	await first.waitFor(hasReceived);
	first.kill('SIGINT');
	const interrupted = await first.ended;
	assert.equal(interrupted.code, 130);
	assert.match(toldError(interrupted).message, /kept/v);
	assert.equal(await statusOf(world), 'paused');

	await using second = startCommand(world.surroundings, 'download', reference, '--json');
	await second.waitFor(hasReceived);
	second.kill('SIGHUP');
	const {code} = await second.ended;
	assert.equal(code, 129);
	assert.equal(await statusOf(world), 'downloading');
	await finish(world);
});

test('one process pauses, caps and resumes what another one waits for', async () => {
	await using world = await startModelWorld({sizeBytes: 16_000_000, ...slow});
	await using _ = workerEnded(world.home);
	const {surroundings} = world;
	await using waiting = startCommand(surroundings, 'download', reference, '--json');
	await waiting.waitFor(hasReceived);
	const capped = await runRemuda(surroundings, 'downloads', 'limit', modelId, '3MB');
	assert.match(capped.stdout, /at most 3\.00 MB\/s/v);
	const paused = await runRemuda(surroundings, 'downloads', 'pause', '--all');
	assert.deepEqual(paused, {
		code: 0, signal: undefined, stdout: `${modelId}: paused\n`, stderr: '',
	});
	const end = await waiting.ended;
	assert.equal(end.code, 1);
	assert.equal(toldError(end).code, 'download_paused');

	await runRemuda(surroundings, 'downloads', 'limit', modelId, 'none');
	const resumed = await runRemuda(surroundings, 'downloads', 'resume', reference, '--json');
	assert.equal(resumed.code, 0);
	await finish(world);
});
