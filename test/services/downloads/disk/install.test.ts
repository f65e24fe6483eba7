import assert from 'node:assert/strict';
import {
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {install, removeStaged} from '../../../../source/services/downloads/disk/install.js';
import {requireRoom} from '../../../../source/services/downloads/disk/require-room.js';
import {volumeOf} from '../../../../source/services/downloads/disk/volume.js';
import {freeSpace} from '../../../../source/services/downloads/disk/free-space.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';
import {
	complete,
	haveArrived,
	oneModel,
	startWorld,
} from '../world.js';

const {signal} = new AbortController();

/**
A folder on another volume than temporary folders are on; undefined where there is none that can be written.
*/
async function otherVolume(): Promise<AsyncDisposable & {readonly path: string} | undefined> {
	const memory = '/dev/shm';
	await using here = await temporaryFolder();
	const isOther = await volumeOf(memory) !== await volumeOf(here.path);
	const folder = isOther ? await mkdtemp(path.join(memory, 'remuda-test-')).catch(() => undefined) : undefined;
	return folder === undefined
		? undefined
		: {
			path: folder,
			async [Symbol.asyncDispose]() {
				await rm(folder, {recursive: true, force: true});
			},
		};
}

test('files get their final names, folders and all, in place of what was there', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('0'), 'first');
	await writeFile(folder.join('1'), 'second');
	await mkdir(folder.join('to'));
	await writeFile(folder.join('to', 'a'), 'older');
	await install([{from: folder.join('0'), to: folder.join('to', 'a')}, {from: folder.join('1'), to: folder.join('to', 'deep', 'er', 'b')}], {signal});
	assert.equal(await readFile(folder.join('to', 'a'), 'utf8'), 'first');
	assert.equal(await readFile(folder.join('to', 'deep', 'er', 'b'), 'utf8'), 'second');
	assert.deepEqual(await readdir(folder.path), ['to']);
});

test('onto another volume files are copied, and no final name appears before all are there', async (t: TestContext) => {
	await using other = await otherVolume();
	if (other === undefined) {
		t.skip('there is no second volume');
		return;
	}

	await using folder = await temporaryFolder();
	const content = new Uint8Array(3_000_000).fill(7);
	await writeFile(folder.join('0'), content);
	const moves = [{from: folder.join('0'), to: path.join(other.path, 'a')}, {from: folder.join('1'), to: path.join(other.path, 'b')}];
	await t.assert.rejects(install(moves, {signal}), {code: 'ENOENT'});
	t.assert.deepStrictEqual(await readdir(other.path), []);
	await writeFile(folder.join('1'), 'second');
	const stopped = AbortSignal.abort(new Error('stop'));
	await t.assert.rejects(install(moves, {signal: stopped}), {message: 'stop'});
	t.assert.deepStrictEqual(await readdir(other.path), []);

	// What a crash left is written over, and what a link there points to is not.
	await writeFile(folder.join('precious'), 'precious');
	await symlink(folder.join('precious'), path.join(other.path, '.a.copy'));
	await install(moves, {signal});
	t.assert.deepStrictEqual(await readdir(other.path), ['a', 'b']);
	const copied = await readFile(path.join(other.path, 'a'));
	t.assert.ok(copied.equals(content));
	t.assert.strictEqual(await readFile(folder.join('precious'), 'utf8'), 'precious');
	// The partial file stays until the model is recorded.
	const {size} = await stat(folder.join('0'));
	t.assert.strictEqual(size, content.length);
	await writeFile(path.join(other.path, '.b.copy'), 'left');
	await removeStaged(moves.map(({to}) => to));
	t.assert.deepStrictEqual(await readdir(other.path), ['a', 'b']);
});

test('a models folder that leads to another volume: the model arrives there, whole', async (t: TestContext) => {
	await using other = await otherVolume();
	if (other === undefined) {
		t.skip('there is no second volume');
		return;
	}

	const {files, request} = await oneModel(2_000_000);
	await using world = await startWorld(files);
	await mkdir(world.models);
	await symlink(other.path, path.join(world.models, 'huggingface'));
	await using session = await world.open();
	await complete(session, request);
	t.assert.ok(await haveArrived(world, files));
	t.assert.deepStrictEqual(await world.leftovers(), []);
	t.assert.deepStrictEqual(await readdir(path.join(other.path, 'owner', 'repo')), [request.files[0]!.path]);
});

test('room is asked of each volume for what is written there, and what is missing is told', async (t: TestContext) => {
	await using other = await otherVolume();
	await using folder = await temporaryFolder();
	const free = (await freeSpace(folder.path))!;
	const most = Math.floor(free * 0.7);
	const demand = {partialBytes: most, files: [{folder: folder.join('a', 'b'), bytes: most}]};
	// On the same volume the file is only renamed.
	await requireRoom([demand], folder.join('partials'));
	await t.assert.rejects(requireRoom([demand, demand], folder.join('partials')), {code: 'disk_full', exitCode: 6});
	await t.assert.rejects(requireRoom([{partialBytes: free * 2, files: []}], folder.path), ({missingBytes}: {readonly missingBytes: number}) => Math.abs(missingBytes - free) < free / 10);
	const elsewhere = other?.path ?? folder.path;
	const roomThere = await freeSpace(elsewhere);
	const there = {partialBytes: other === undefined ? roomThere! * 2 : 0, files: [{folder: path.join(elsewhere, 'new'), bytes: roomThere! * 2}]};
	await t.assert.rejects(requireRoom([there], folder.path), {code: 'disk_full'});
});
