import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '../../source/errors/network-error.js';
import {NoSpaceError} from '../../source/errors/no-space-error.js';
import {DetailedError} from '../../source/commands/detailed-error.js';
import {adviseRoom} from '../../source/commands/no-room.js';
import {ReportedError} from '../../source/commands/reported-error.js';
import {planRoom} from '../../source/services/inventory/plan-room.js';
import {type InstalledModel} from '../../source/types/installed-model.js';

function model(id: string, sizeBytes: number, lastUsed: string): InstalledModel {
	return {
		id,
		ref: id,
		name: id,
		quantization: 'Q4_K_M',
		source: 'hugging-face',
		path: `/models/${id}.gguf`,
		files: [{
			path: `/models/${id}.gguf`, sizeBytes, checksum: '', role: 'model',
		}],
		sizeBytes,
		checksum: '',
		downloadedAt: '2026-01-01T00:00:00.000Z',
		lastUsed,
		useCount: 1,
	};
}

const models = [model('new', 3_000_000_000, '2026-03-01T00:00:00.000Z'), model('old', 2_000_000_000, '2026-02-01T00:00:00.000Z')];
const inventory = {
	planRoom: async (bytes: number) => planRoom(models, bytes),
	usage: async () => ({
		path: '/models', modelCount: 2, modelBytes: 5e9, partialCount: 0, partialBytes: 0, diskTotalBytes: 10e9, diskFreeBytes: 1e9,
	}),
};

async function advise(missingBytes: number): Promise<DetailedError> {
	const advised = await adviseRoom(new NoSpaceError('Full.', {code: 'disk_full', missingBytes}), {inventory});
	assert.ok(advised instanceof DetailedError);
	return advised;
}

test('the least recently used goes, and no more than is needed', async () => {
	const {exitCode, hint, details} = await advise(1_500_000_000);
	assert.equal(exitCode, 6);
	assert.equal(hint, 'Free 2.00 GB, then try again: remuda remove old');
	assert.deepEqual(details.fields, {
		missingBytes: 1_500_000_000, prunable: [{id: 'old', sizeBytes: 2_000_000_000, lastUsed: '2026-02-01T00:00:00.000Z'}], prunableBytes: 2_000_000_000,
	});
	assert.match(details.text, /^1\.50 GB are missing\.\nCOULD BE REMOVED +SIZE +LAST USED\nold +2\.00 GB/v);
});

test('where all would not be enough, that is said', async () => {
	const {hint} = await advise(9_000_000_000);
	assert.match(hint ?? '', /^Even without them it would not fit: all of them take 5\.00 GB\./v);
});

test('a disk that fills on the way is told of by what is still to be written', async () => {
	const failed = new ReportedError({code: 'disk_full', message: 'The disk of the models is full.', exitCode: 6});
	const advised = await adviseRoom(failed, {inventory, remainingBytes: 2_500_000_000});
	assert.ok(advised instanceof DetailedError);
	assert.equal(advised.details.fields.missingBytes, 1_500_000_000);
	assert.equal(advised.exitCode, 6);
	// A quota, for example: the disk itself has room.
	assert.equal(await adviseRoom(failed, {inventory, remainingBytes: 100}), failed);
});

test('other errors are left as they are', async () => {
	const error = new NetworkError('Offline.', {code: 'offline'});
	assert.equal(await adviseRoom(error, {inventory}), error);
});
