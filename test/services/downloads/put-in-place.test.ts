import assert from 'node:assert/strict';
import {mkdir, rename, rm} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {type DownloadRequest} from '../../../source/types/download.js';
import {generateGguf} from '../../helpers/hub/generate-file.js';
import {
	completeAgain,
	failureOf,
	haveArrived,
	isMissing,
	requestFor,
	startWorld,
	type World,
} from './world.js';

const size = 300_000;
const names = ['model-00001-of-00002.gguf', 'model-00002-of-00002.gguf'] as const;
const files = {
	[names[0]]: generateGguf({sizeBytes: size, seed: 1}),
	[names[1]]: generateGguf({sizeBytes: size, seed: 2}),
};

/**
All is received, and the second file has no place to go.
*/
async function failToInstall(world: World): Promise<DownloadRequest> {
	const request = await requestFor(files);
	await mkdir(path.join(world.target(names[1]), 'in the way'), {recursive: true});
	await using session = await world.open();
	await failureOf(session, request);
	return request;
}

/**
As a process leaves it that dies between two files.
*/
async function placeFirst(world: World, {modelId}: DownloadRequest): Promise<void> {
	await rename(path.join(world.partials, modelId, '0.partial'), world.target(names[0]));
}

test('a file that cannot be put in place brings the others back, and they are not fetched again', async () => {
	await using world = await startWorld(files);
	const {modelId} = await failToInstall(world);
	assert.ok(await isMissing(world.target(names[0])));
	assert.equal(await world.leftoverBytes(), 2 * size);

	await rm(world.target(names[1]), {recursive: true});
	await using session = await world.open();
	await session.downloads.start();
	const {fetchedBytes} = await completeAgain(session, modelId);
	assert.equal(fetchedBytes, 0);
	assert.ok(await haveArrived(world, files));
});

for (const end of ['cancel', 'forget'] as const) {
	test(`${end} takes away what was put in place of a variant that is not whole`, async () => {
		await using world = await startWorld(files);
		const request = await failToInstall(world);
		await placeFirst(world, request);
		await using session = await world.open();
		await session.downloads.start();
		await session.downloads[end](request.modelId);
		assert.ok(await isMissing(world.target(names[0])));
		assert.equal(await isMissing(world.target(names[1])), false);
		assert.deepEqual(await world.leftovers(), []);
	});
}

test('cancel leaves a file in place that an installed model has', async () => {
	await using world = await startWorld(files);
	const request = await failToInstall(world);
	await placeFirst(world, request);
	await using session = await world.open();
	await session.downloads.start();
	const checksum = `sha256:${'0'.repeat(64)}`;
	await session.manifest.put({
		id: 'other',
		ref: 'hf:owner/repo:other',
		name: 'Other',
		quantization: 'Q4_K_M',
		source: 'hugging-face',
		path: world.target(names[0]),
		files: [{
			path: world.target(names[0]), sizeBytes: size, checksum, role: 'model',
		}],
		sizeBytes: size,
		checksum,
		downloadedAt: new Date().toISOString(),
		useCount: 0,
	});
	await session.downloads.cancel(request.modelId);
	assert.equal(await isMissing(world.target(names[0])), false);
});
