import assert from 'node:assert/strict';
import {
	readdir,
	readFile,
	rename,
	rm,
	stat,
	truncate,
	writeFile,
} from 'node:fs/promises';
import {test} from 'node:test';
import {type FollowingHash} from '../../../../source/services/downloads/hash/hasher.js';
import {readPartial} from '../../../../source/services/downloads/partial/read-partial.js';
import {
	assertHolds,
	fetchRanges,
	identify,
	never,
	noise,
	openScene,
} from './scene.js';

const size = 3_000_000;
const content = noise(size);
const other = noise(size, 2);
const {sha256, gitSha1} = identify(content);

test('ranges that come in any order make the file, with its digests, and count once', async () => {
	await using scene = await openScene(content);
	const file = await scene.open();
	await fetchRanges(file, content, [{start: 2_000_000, end: size}, {start: 500_000, end: 1_000_000}]);
	assert.deepEqual(file.written, [{start: 500_000, end: 1_000_000}, {start: 2_000_000, end: size}]);
	assert.deepEqual(file.missing, [{start: 0, end: 500_000}, {start: 1_000_000, end: 2_000_000}]);
	assert.equal(file.received, 1_500_000);
	// Over what is there as well.
	await fetchRanges(file, content, [{start: 0, end: 1_500_000}, {start: 900_000, end: 2_100_000}]);
	assert.deepEqual(file.missing, []);
	assert.deepEqual(await file.finish({signal: never}), {sha256, gitSha1});
	assert.deepEqual(scene.told, scene.told.toSorted((left, right) => left - right));
	assert.equal(scene.told.at(-1), size);
	await file.close();
	await assertHolds(scene.paths.partial, [{start: 0, end: size}], content);
});

test('what a killed process wrote is there for the next one, whether the journal knew it or not', async () => {
	await using scene = await openScene(content);
	const killed = await scene.open();
	await fetchRanges(killed, content, [{start: 0, end: 300_000}, {start: 1_000_000, end: 1_200_000}]);
	const journal = await scene.readJournal();
	assert.deepEqual(journal.written, []);
	const ranges = [{start: 0, end: 300_000}, {start: 1_000_000, end: 1_200_000}];
	assert.deepEqual(await scene.claimed(), ranges);
	const file = await scene.open();
	assert.deepEqual(file.written, ranges);
	assert.deepEqual(scene.told, [500_000]);
	await fetchRanges(file, content, file.missing);
	assert.deepEqual(await file.finish({signal: never}), {sha256, gitSha1});
});

test('a journal and a log that tell the same are one', async () => {
	await using scene = await openScene(content);
	const killed = await scene.open({journalAge: 0});
	await fetchRanges(killed, content, [{start: 0, end: 300_000}]);
	await killed.close();
	// Killed after the journal was written, before the log was emptied.
	const record = new BigUint64Array([0n, 200_000n]);
	await writeFile(scene.paths.log, record);
	const file = await scene.open();
	assert.deepEqual(file.written, [{start: 0, end: 300_000}]);
	const {size: logged} = await stat(scene.paths.log);
	assert.equal(logged, 0);
});

test('after a loss of power only what the disk had confirmed is trusted, and the log is not', async () => {
	await using scene = await openScene(content);
	const before = await scene.open();
	await fetchRanges(before, content, [{start: 0, end: 500_000}, {start: 1_000_000, end: 2_000_000}]);
	await before.close();
	const synced = [{start: 0, end: 100_000}, {start: 1_000_000, end: 1_100_000}];
	await scene.changeJournal({bootId: 'another', synced});
	await writeFile(scene.paths.log, new BigUint64Array([500_000n, 1_000_000n]));
	// Whatever the disk made of the rest.
	await writeFile(scene.paths.partial, other.subarray(100_000, 1_000_000), {flag: 'r+', flush: true});
	await writeFile(scene.paths.partial, content.subarray(0, 100_000), {flag: 'r+'});
	assert.deepEqual(await scene.claimed(), synced);
	const file = await scene.open();
	assert.deepEqual(file.written, synced);
	const journal = await scene.readJournal();
	assert.notEqual(journal.bootId, 'another');
	assert.deepEqual(journal.written, synced);
	// Killed right then, on the new boot: the old log must not count again.
	assert.deepEqual(await scene.claimed(), synced);
	await fetchRanges(file, content, file.missing);
	assert.deepEqual(await file.finish({signal: never}), {sha256, gitSha1});
});

test('a file that was cut holds only what is left of it', async () => {
	await using scene = await openScene(content);
	const before = await scene.open();
	await fetchRanges(before, content, [{start: 0, end: 500_000}, {start: 1_000_000, end: 2_000_000}]);
	await before.close();
	await truncate(scene.paths.partial, 1_500_000);
	const file = await scene.open();
	assert.deepEqual(file.written, [{start: 0, end: 500_000}, {start: 1_000_000, end: 1_500_000}]);
});

test('what lies behind the last known byte goes, so that nothing is left behind the end', async () => {
	await using scene = await openScene(content);
	const before = await scene.open();
	await fetchRanges(before, content, [{start: 0, end: size}]);
	await before.close();
	await writeFile(scene.paths.partial, 'behind the end', {flag: 'a'});
	const file = await scene.open();
	assert.deepEqual(await file.finish({signal: never}), {sha256, gitSha1});
	const {size: left} = await stat(scene.paths.partial);
	assert.equal(left, size);
});

test('the first bytes to come stay, whatever overlaps them', async () => {
	await using scene = await openScene(content);
	const file = await scene.open();
	await fetchRanges(file, content, [{start: 500_000, end: 1_000_000}]);
	await fetchRanges(file, other, [{start: 0, end: 2_000_000}], 'mirror');
	assert.equal(file.received, 2_000_000);
	await assertHolds(scene.paths.partial, [{start: 500_000, end: 1_000_000}], content);
	await assertHolds(scene.paths.partial, [{start: 0, end: 500_000}, {start: 1_000_000, end: 2_000_000}], other);
	// At the same moment as well: one of both, never a mixture.
	const [left, right] = [file.openWriter(2_000_000, 'hub'), file.openWriter(2_000_000, 'mirror')];
	await Promise.all([left.write(content.subarray(2_000_000)), right.write(other.subarray(2_000_000))]);
	await Promise.all([left.flush(), right.flush()]);
	assert.equal(file.received, size);
	const forgotten = await file.forgetOf(server => server === 'mirror');
	assert.equal(file.received, size - forgotten);
	await assertHolds(scene.paths.partial, file.written, content);
});

test('what a server brought is forgotten, for good, and fetched from another', async () => {
	await using scene = await openScene(content);
	const earlier = await scene.open();
	await fetchRanges(earlier, content, [{start: 0, end: 100_000}], 'mirror');
	await earlier.close();
	const killed = await scene.open();
	await fetchRanges(killed, content, [{start: 100_000, end: 1_000_000}], 'hub');
	await fetchRanges(killed, other, [{start: 1_000_000, end: 2_000_000}], 'mirror');
	await fetchRanges(killed, content, [{start: 2_000_000, end: size}], 'hub');
	const wrong = await killed.finish({signal: never});
	assert.notEqual(wrong.sha256, sha256);
	assert.equal(await killed.forgetOf(server => server === 'mirror'), 1_000_000);
	assert.equal(scene.told.at(-1), 2_000_000);
	const file = await scene.open();
	assert.deepEqual(file.missing, [{start: 1_000_000, end: 2_000_000}]);
	await file.close();
	// The same file goes on as well.
	await fetchRanges(killed, content, killed.missing, 'hub');
	assert.deepEqual(await killed.finish({signal: never}), {sha256, gitSha1});
	assert.equal(await killed.forgetOf(server => server === 'mirror'), 0);
});

test('another file under the same name starts from nothing and says so', async () => {
	await using scene = await openScene(content);
	const before = await scene.open();
	before.servedEtags.set('https://cdn.example', 'etag');
	await fetchRanges(before, content, [{start: 0, end: 500_000}]);
	await before.close();
	const file = await scene.open({identity: identify(other)});
	assert.equal(file.replaces, true);
	assert.deepEqual(file.written, []);
	assert.equal(file.servedEtags.size, 0);
	assert.deepEqual(scene.told, [0]);
	await fetchRanges(file, other, file.missing);
	const digests = await file.finish({signal: never});
	assert.equal(digests.sha256, identify(other).sha256);
});

test('the ETags of servers are kept, at most sixteen and none that is endless', async () => {
	await using scene = await openScene(content);
	const before = await scene.open();
	assert.equal(before.replaces, false);
	before.servedEtags.set('https://hostile.example', 'x'.repeat(100_000));
	for (const index of Array.from({length: 20}).keys()) {
		before.servedEtags.set(`https://${index}.example`, `etag ${index}`);
	}

	await before.close();
	const file = await scene.open();
	assert.equal(file.servedEtags.size, 16);
	assert.equal(file.servedEtags.get('https://19.example'), 'etag 19');
	await file.restart();
	assert.equal(file.servedEtags.size, 0);
});

test('starting again leaves nothing that could count, and goes on', async () => {
	await using scene = await openScene(content);
	const file = await scene.open();
	await fetchRanges(file, other, [{start: 1_000_000, end: 2_000_000}]);
	await file.restart();
	assert.equal(file.received, 0);
	assert.equal(scene.told.at(-1), 0);
	assert.deepEqual(await scene.claimed(), []);
	await fetchRanges(file, content, file.missing);
	assert.deepEqual(await file.finish({signal: never}), {sha256, gitSha1});
	const whole = await readPartial(scene.folder, 0);
	assert.equal(whole?.isComplete, true);
	// Put in place: the journal still knows that all of it came.
	await rename(scene.paths.partial, `${scene.paths.partial}.installed`);
	const found = await readPartial(scene.folder, 0);
	assert.deepEqual(found?.written, []);
	assert.equal(found.isComplete, true);
});

test('a file that is not whole yet is not finished, and a file that was deleted is lost', async () => {
	await using scene = await openScene(content);
	const file = await scene.open();
	await fetchRanges(file, content, [{start: 0, end: 2_000_000}]);
	await assert.rejects(file.finish({signal: never}), {code: 'partial_lost'});
	await fetchRanges(file, content, file.missing);
	await rm(scene.paths.partial);
	await assert.rejects(file.finish({signal: never}), {code: 'partial_lost'});
});

test('a file that is deleted while it is written is noticed soon', async () => {
	await using scene = await openScene(content);
	const file = await scene.open({journalAge: 0});
	await fetchRanges(file, content, [{start: 0, end: 100_000}]);
	await rm(scene.paths.partial);
	await assert.rejects(async () => {
		for (;;) {
			// eslint-disable-next-line no-await-in-loop -- until it is noticed in the background
			await fetchRanges(file, content, [{start: file.received, end: file.received + 10}]);
		}
	}, {code: 'partial_lost'});
});

test('a hash that could not be made is made anew when it is asked for again', async () => {
	await using scene = await openScene(content);
	const broken: FollowingHash = {
		position: 0,
		available: () => undefined,
		async digest() {
			throw new Error('no thread');
		},
		close: async () => undefined,
	};
	let hashes = 0;
	const file = await scene.open({
		hasher: {
			...scene.hasher,
			follow(path, options) {
				hashes++;
				return hashes <= 2 ? broken : scene.hasher.follow(path, options);
			},
		},
	});
	await fetchRanges(file, content, file.missing);
	await assert.rejects(file.finish({signal: never}), /no thread/v);
	assert.deepEqual(await file.finish({signal: never}), {sha256, gitSha1});
});

test('when it is closed the disk has confirmed everything, and nothing is left once it is discarded', async () => {
	await using scene = await openScene(content);
	const file = await scene.open();
	const writer = file.openWriter(1_000_000, 'hub');
	await writer.write(content.subarray(1_000_000, 1_000_010));
	assert.equal(file.received, 0);
	await file.close();
	const {synced, written} = await scene.readJournal();
	assert.deepEqual(synced, [{start: 1_000_000, end: 1_000_010}]);
	assert.deepEqual(written, synced);
	const again = await scene.open();
	await again.discard();
	await again.close();
	assert.deepEqual(await readdir(scene.folder), []);
});

test('a file that another process has taken over is left as it is', async () => {
	await using scene = await openScene(content);
	const lost = new AbortController();
	const file = await scene.open({lost: lost.signal});
	await fetchRanges(file, content, [{start: 0, end: 100_000}]);
	const writer = file.openWriter(1_000_000, 'hub');
	await writer.write(content.subarray(1_000_000, 1_000_010));
	lost.abort(new Error('theirs'));
	const files = [scene.paths.partial, scene.paths.journal, scene.paths.log];
	// What the other process makes of them.
	await Promise.all(files.map(async (path, index) => writeFile(path, `theirs ${index}`)));
	await assert.rejects(writer.flush(), /theirs/v);
	await assert.rejects(fetchRanges(file, content, [{start: 2_000_000, end: size}]), /theirs/v);
	await assert.rejects(file.restart(), /theirs/v);
	await assert.rejects(file.discard(), /theirs/v);
	const texts = await Promise.all(files.map(async path => readFile(path, 'utf8')));
	assert.deepEqual(texts, ['theirs 0', 'theirs 1', 'theirs 2']);
	const names = await readdir(scene.folder);
	assert.equal(names.length, files.length);
});

const badJournals = [
	['broken', '{"version":2,'],
	['of another version', '{"version":1}'],
	['empty', ''],
	['enormous', ' '.repeat(5_000_000)],
	['full of nonsense', '{"version":2,"identity":{"repository":"a","path":"b","sizeBytes":-1},"servedEtags":{},"bootId":"","written":[],"synced":[]}'],
] as const;
for (const [name, text] of badJournals) {
	test(`a journal that is ${name} vouches for nothing, and neither does its log`, async () => {
		await using scene = await openScene(content);
		const killed = await scene.open();
		await fetchRanges(killed, other, [{start: 0, end: 500_000}]);
		await writeFile(scene.paths.journal, text);
		assert.equal(await readPartial(scene.folder, 0), undefined);
		const file = await scene.open();
		assert.deepEqual(file.written, []);
		assert.deepEqual(await scene.claimed(), []);
	});
}

test('ranges of a journal that overlap, or reach behind the end, count as far as they are bytes of the file', async () => {
	await using scene = await openScene(content);
	const killed = await scene.open();
	await fetchRanges(killed, content, [{start: 0, end: size}]);
	await killed.close();
	await scene.changeJournal({written: [{start: 500, end: 400}, {start: 2_000_000, end: 9_000_000}, {start: 0, end: 100}, {start: 50, end: 200}], synced: []});
	await writeFile(scene.paths.partial, 'behind the end', {flag: 'a'});
	assert.deepEqual(await scene.claimed(), [{start: 0, end: 200}, {start: 2_000_000, end: size}]);
});
