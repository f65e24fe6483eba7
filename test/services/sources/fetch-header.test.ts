import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '../../../source/errors/network-error.js';
import {readGgufHeader} from '../../../source/services/formats/gguf/read-gguf-header.js';
import {fetchHeader} from '../../../source/services/sources/fetch-header.js';
import {type Fault} from '../../helpers/hub/faults.js';
import {fileOnDisk} from '../../helpers/hub/hub-file.js';
import {startHubWorld} from '../../helpers/hub/start-hub-world.js';
import {writeRandomModel} from '../../helpers/random-model/write-random-model.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const {signal} = new AbortController();

/**
A hub with one model, whose vocabulary makes its header longer than the first range.
*/
async function startWorld(fault?: Fault) {
	const folder = await temporaryFolder();
	const local = folder.join('model.gguf');
	const sizeBytes = await writeRandomModel(local, {
		architecture: 'llama', type: 'Q8_0', blockCount: 1, embeddingLength: 32, feedForwardLength: 64, vocabularySize: 60_000, contextLength: 512, headCount: 2, headCountKv: 2, tiedEmbeddings: true,
	});
	const world = await startHubWorld({repositories: [{id: 'o/m', files: {'model.gguf': fileOnDisk(local)}}]});
	if (fault !== undefined) {
		world.server.fault(fault);
	}

	return {
		...world,
		local,
		file: {
			repository: 'o/m', revision: 'main', path: 'model.gguf', sizeBytes,
		},
		async [Symbol.asyncDispose]() {
			await world[Symbol.asyncDispose]();
			await folder[Symbol.asyncDispose]();
		},
	};
}

test('the header of a remote file is that of the file, and its weights are not fetched', async () => {
	await using world = await startWorld();
	const header = await fetchHeader(world, world.file, {signal});
	assert.deepEqual(header, await readGgufHeader(world.local, {signal}));
	const ranges = world.server.requests.filter(({server}) => server === 'cdn').map(({headers}) => headers.range);
	assert.equal(ranges[0], `bytes=0-${(512 * 1024) - 1}`);
	assert.ok(ranges.length >= 2);
	assert.ok(ranges.every(range => range !== undefined));
});

test('a server that does no ranges is read as far as is needed', async () => {
	await using world = await startWorld({kind: 'ignore-range', on: 'cdn'});
	assert.deepEqual(await fetchHeader(world, world.file, {signal}), await readGgufHeader(world.local, {signal}));
});

test('a reply that ends early is a lost connection', async () => {
	await using world = await startWorld({kind: 'truncate', on: 'cdn', afterBytes: 1000});
	await assert.rejects(fetchHeader(world, world.file, {signal}), NetworkError);
});

test('a file that is not there is said to be missing', async () => {
	await using world = await startWorld();
	await assert.rejects(fetchHeader(world, {...world.file, path: 'other.gguf'}, {signal}), {code: 'file_not_found'});
});
