import assert from 'node:assert/strict';
import {
	appendFile,
	copyFile,
	mkdir,
	readFile,
	rename,
	stat,
	truncate,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {type Journal} from '../../../source/services/downloads/partial/journal.js';
import {
	complete,
	download,
	failureOf,
	modelFile,
	oneModel,
	settle,
	sha256Of,
	startWorld,
	until,
	type World,
} from './world.js';

// States that a crash can leave behind, made by hand where no process can be killed at that very moment.

const size = 6_000_000;
const id = 'owner-repo-q4_k_m';

/**
A home with a download that was stopped in the middle.
*/
async function stopInTheMiddle(world: World, request: Parameters<typeof download>[1]): Promise<{readonly partial: string; readonly journal: string}> {
	world.hub.setRate({bytesPerSecond: 6_000_000});
	await using session = await world.open();
	await session.downloads.start();
	await session.downloads.add(request);
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 2_000_000);
	await session.downloads.close();
	world.hub.setRate({});
	return {partial: path.join(world.partials, id, '0.partial'), journal: path.join(world.partials, id, '0.json')};
}

async function sizeOf(file: string): Promise<number> {
	const {size: bytes} = await stat(file);
	return bytes;
}

async function readJournal(file: string): Promise<Journal> {
	return JSON.parse(await readFile(file, 'utf8')) as Journal;
}

test('after a loss of power only what the disk had confirmed is trusted', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	const {partial, journal} = await stopInTheMiddle(world, request);
	const before = await readJournal(journal);
	assert.deepEqual(before.synced, [{start: 0, end: await sizeOf(partial)}]);
	// The system came up again, with zeros where the disk had not been written.
	await writeFile(journal, JSON.stringify({...before, bootId: 'another', synced: [{start: 0, end: 1_000_000}]}));
	await truncate(partial, 1_200_000);
	await appendFile(partial, new Uint8Array(500_000));
	await using session = await world.open();
	const done = await complete(session, request);
	assert.equal(done.resumedBytes, 1_000_000);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
});

test('a journal never makes more of a file than there is', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	const {partial} = await stopInTheMiddle(world, request);
	await truncate(partial, 300_000);
	await using session = await world.open();
	const done = await complete(session, request);
	assert.equal(done.resumedBytes, 300_000);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
});

for (const [name, text] of [['broken', '{"version":2,'], ['of another version', '{"version":1}'], ['empty', ''], ['enormous', ' '.repeat(2_000_000)]] as const) {
	test(`a journal that is ${name} means starting again, and the file is right`, async () => {
		const {files, file, request} = await oneModel(size);
		await using world = await startWorld(files);
		const {journal} = await stopInTheMiddle(world, request);
		await writeFile(journal, text);
		await using session = await world.open();
		const done = await download(session, request);
		assert.equal(done.status, 'completed');
		assert.equal(done.fetchedBytes, size);
		assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
	});
}

test('a partial file whose bytes were spoilt fails by its checksum and is deleted; the next try is right', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	const {partial} = await stopInTheMiddle(world, request);
	const bytes = await readFile(partial);
	bytes[1_000_000] = 255 - bytes[1_000_000]!;
	await writeFile(partial, bytes);
	await using session = await world.open();
	const {code} = await failureOf(session, request);
	assert.equal(code, 'checksum_mismatch');
	assert.equal(await world.leftoverBytes(), 0);
	await complete(session, request);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
});

test('ended after the last byte, before the check: nothing is fetched again, and the hub is not even asked', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files);
	await completeButNotInstalled(world, request);
	const asked = world.hub.requests.length;
	await using session = await world.open();
	await session.downloads.start();
	const done = await settle(session, id);
	assert.equal(done.fetchedBytes, 0);
	assert.equal(world.hub.requests.length, asked);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
	assert.deepEqual(await world.leftovers(), []);
});

test('ended between the rename and the record: the model is recorded at the next start', async () => {
	const {files, request} = await oneModel(size);
	await using world = await startWorld(files);
	const {partial} = await completeButNotInstalled(world, request);
	await mkdir(path.dirname(world.target(modelFile)), {recursive: true});
	await rename(partial, world.target(modelFile));
	const asked = world.hub.requests.length;
	await using session = await world.open();
	await session.downloads.start();
	const done = await settle(session, id);
	assert.equal(done.fetchedBytes, 0);
	assert.equal(world.hub.requests.length, asked);
	const models = await session.manifest.list();
	assert.equal(models.length, 1);
	assert.deepEqual(await world.leftovers(), []);
});

/**
All bytes are there and the journal says so, but the queue still has it as running.
*/
async function completeButNotInstalled(world: World, request: Parameters<typeof download>[1]): Promise<{readonly partial: string}> {
	const {partial, journal} = await stopInTheMiddle(world, request);
	const kept = await readJournal(journal);
	const whole = path.join(world.home, 'whole');
	{
		await using session = await world.open({home: path.join(world.home, 'elsewhere')});
		await download(session, request);
		await copyFile(path.join(world.home, 'elsewhere/models/huggingface/owner/repo', modelFile), whole);
	}

	await rename(whole, partial);
	const all = [{start: 0, end: size}];
	await writeFile(journal, JSON.stringify({...kept, written: all, synced: all}));
	return {partial};
}

test('a folder of partial files that is removed while the download runs is made again', async () => {
	const {files, file, request} = await oneModel(size);
	await using world = await startWorld(files, {bytesPerSecond: 6_000_000});
	await using session = await world.open({timing: {journal: 100}});
	await session.downloads.start();
	const {id: running} = await session.downloads.add(request);
	await until(session, ([first]) => (first?.receivedBytes ?? 0) > 1_000_000);
	await rename(world.partials, path.join(world.home, 'gone'));
	world.hub.setRate({});
	await settle(session, running);
	assert.equal(await sha256Of(world.target(modelFile)), await file.sha256());
});
