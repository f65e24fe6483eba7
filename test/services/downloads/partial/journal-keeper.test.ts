import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {test} from 'node:test';
import {type ByteRange} from '../../../../source/services/downloads/partial/byte-ranges.js';
import {JournalKeeper} from '../../../../source/services/downloads/partial/journal-keeper.js';
import {type JournalKeeperOptions} from '../../../../source/services/downloads/partial/journal-keeper-options.js';
import {WrittenLog} from '../../../../source/services/downloads/partial/written-log.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {
	identify,
	never,
	noise,
	openScene,
	type PartialScene,
} from './scene.js';

const content = noise(1000);
const all = [{start: 0, end: 1000}];

/**
A log whose process is killed just before some of its records would go.
*/
class KilledLog extends WrittenLog {
	isKilled = false;

	override drop(mark: number): void {
		if (this.isKilled) {
			throw new Error('killed');
		}

		super.drop(mark);
	}
}

function keep(scene: PartialScene, options: Partial<JournalKeeperOptions> & Pick<JournalKeeperOptions, 'log'>): JournalKeeper {
	return new JournalKeeper({
		handle: {datasync: async () => undefined},
		file: scene.paths.journal,
		identity: identify(content),
		age: 3_600_000,
		written: () => [],
		synced: [],
		servedEtags: new Map(),
		keepOnly: () => undefined,
		requireName: async () => undefined,
		lost: never,
		...options,
	});
}

test('a journal of a new boot never stands beside the log of an earlier one', async () => {
	await using scene = await openScene(content);
	await writeFile(scene.paths.partial, content);
	await writeFile(scene.paths.log, new BigUint64Array([0n, 1000n]));
	const log = new KilledLog(scene.paths.log);
	const synced = [{start: 0, end: 10}];
	// The first call empties the log; killed right after the journal is there.
	const keeper = keep(scene, {
		log,
		written() {
			log.isKilled = true;
			return synced;
		},
		synced,
	});
	await assert.rejects(keeper.begin({isOfThisBoot: false}), /killed/v);
	assert.deepEqual(await scene.claimed(), synced);
	log.close();
});

test('killed between the journal and the emptying of the log, nothing is lost', async () => {
	await using scene = await openScene(content);
	await writeFile(scene.paths.partial, content);
	const log = new KilledLog(scene.paths.log);
	let written: readonly ByteRange[] = [];
	const keeper = keep(scene, {log, written: () => written});
	await keeper.begin({isOfThisBoot: false});
	written = [{start: 0, end: 300}];
	log.append({start: 0, end: 300});
	log.isKilled = true;
	await assert.rejects(keeper.sync(), /killed/v);
	assert.deepEqual(await scene.claimed(), written);
	log.close();
});

test('what is struck out is either all there or all gone, and the log never brings it back', async () => {
	await using scene = await openScene(content);
	await writeFile(scene.paths.partial, content);
	const log = new KilledLog(scene.paths.log);
	let written: readonly ByteRange[] = [];
	const keeper = keep(scene, {log, written: () => written});
	await keeper.begin({isOfThisBoot: false});
	written = all;
	log.append({start: 0, end: 1000});
	await assert.rejects(keeper.strike(() => {
		written = [{start: 0, end: 500}];
		// After the second journal, before its log is emptied.
		log.isKilled = true;
		return [{start: 500, end: 1000}];
	}), /killed/v);
	assert.deepEqual(await scene.claimed(), [{start: 0, end: 500}]);
	log.close();
});

test('an erased journal is gone before its log is emptied', async () => {
	await using scene = await openScene(content);
	await writeFile(scene.paths.partial, content);
	const log = new KilledLog(scene.paths.log);
	const keeper = keep(scene, {log, written: () => all});
	await keeper.begin({isOfThisBoot: false});
	assert.deepEqual(await scene.claimed(), all);
	log.isKilled = true;
	await assert.rejects(keeper.erase(), /killed/v);
	await assert.rejects(scene.readJournal(), {code: 'ENOENT'});
	log.close();
});

test('what comes while the disk confirms is written, but not confirmed', async () => {
	await using scene = await openScene(content);
	await writeFile(scene.paths.partial, content);
	const log = new WrittenLog(scene.paths.log);
	let written: readonly ByteRange[] = [{start: 0, end: 300}];
	const keeper = keep(scene, {
		log,
		written: () => written,
		handle: {
			async datasync() {
				written = all;
			},
		},
	});
	await keeper.sync();
	const journal = await scene.readJournal();
	assert.deepEqual([journal.written, journal.synced], [all, [{start: 0, end: 300}]]);
	log.close();
});

test('what goes wrong in the background is told once, and tried again', async () => {
	await using scene = await openScene(content);
	const log = new WrittenLog(scene.paths.log);
	let failures = 0;
	const keeper = keep(scene, {
		log,
		age: 0,
		async requireName() {
			failures++;
			throw new Error(`failure ${failures}`);
		},
	});
	const messages: string[] = [];
	for await (const _ of inSequence([1, 2])) {
		keeper.keepUp();
		await keeper.settle();
		try {
			keeper.check();
		} catch (error) {
			messages.push((error as Error).message);
		}

		keeper.check();
	}

	assert.deepEqual(messages, ['failure 1', 'failure 2']);
	log.close();
});

/**
What the system throws when it could not bring a file to the disk.
*/
function failedSync(code: string): Error {
	return Object.assign(new Error(`${code}: fdatasync`), {code, syscall: 'fdatasync'});
}

/**
A keeper that has 300 bytes confirmed and journaled, 300 more in the journal, and 400 in the log. From then on the disk answers what `results` say.
*/
async function keepSome(scene: PartialScene, results: ReadonlyArray<Error | undefined>, options: Partial<JournalKeeperOptions> = {}) {
	await writeFile(scene.paths.partial, content);
	const log = new WrittenLog(scene.paths.log);
	const left = [...results];
	let written: readonly ByteRange[] = [{start: 0, end: 600}];
	const keeper = keep(scene, {
		log,
		written: () => written,
		synced: [{start: 0, end: 300}],
		keepOnly(ranges) {
			written = ranges;
		},
		handle: {
			async datasync() {
				const error = left.shift();
				if (error !== undefined) {
					throw error;
				}
			},
		},
		...options,
	});
	await keeper.write();
	written = all;
	log.append({start: 600, end: 1000});
	return {keeper, log};
}

test('once the disk has lost something, only what it had confirmed before counts, however well it goes on', async () => {
	await using scene = await openScene(content);
	const {keeper, log} = await keepSome(scene, [failedSync('EIO'), undefined]);
	assert.deepEqual(await scene.claimed(), all);
	keeper.keepUp();
	await assert.rejects(keeper.sync(), {code: 'EIO'});
	const {written, synced} = await scene.readJournal();
	assert.deepEqual([written, synced, await scene.claimed()], [[{start: 0, end: 300}], [{start: 0, end: 300}], [{start: 0, end: 300}]]);
	// The next confirmation would be about other bytes.
	await assert.rejects(keeper.sync(), {code: 'EIO'});
	await assert.rejects(keeper.write(), {code: 'EIO'});
	assert.throws(() => {
		keeper.check();
	}, {code: 'EIO'});
	assert.throws(() => {
		keeper.requireWritable();
	}, {code: 'EIO'});
	assert.deepEqual(await scene.claimed(), [{start: 0, end: 300}]);
	log.close();
});

test('a journal that vouches for lost bytes, and cannot be replaced, goes', async () => {
	await using scene = await openScene(content);
	let isNamed = true;
	const {keeper, log} = await keepSome(scene, [failedSync('EIO')], {
		async requireName() {
			if (!isNamed) {
				throw new Error('not there');
			}
		},
	});
	isNamed = false;
	await assert.rejects(keeper.sync(), {code: 'EIO'});
	await assert.rejects(scene.readJournal(), {code: 'ENOENT'});
	log.close();
});

test('a full disk has lost nothing, and is tried again', async () => {
	await using scene = await openScene(content);
	const {keeper, log} = await keepSome(scene, [failedSync('ENOSPC'), undefined]);
	await assert.rejects(keeper.sync(), {code: 'ENOSPC'});
	assert.deepEqual(await scene.claimed(), all);
	await keeper.sync();
	const {synced} = await scene.readJournal();
	assert.deepEqual(synced, all);
	log.close();
});

test('a file that is begun anew does not remember what the disk had lost', async () => {
	await using scene = await openScene(content);
	const {keeper, log} = await keepSome(scene, [failedSync('EIO')]);
	await assert.rejects(keeper.sync(), {code: 'EIO'});
	await keeper.erase();
	await keeper.sync();
	log.close();
});

test('a journal that is being written when the folder is taken over is not put in place, and the log of the others is not touched', async () => {
	await using scene = await openScene(content);
	const lost = new AbortController();
	const {keeper, log} = await keepSome(scene, [], {
		lost: lost.signal,
		handle: {
			async datasync() {
				lost.abort(new Error('theirs'));
			},
		},
	});
	const before = await scene.readJournal();
	await assert.rejects(keeper.sync(), /theirs/v);
	await assert.rejects(keeper.erase(), /theirs/v);
	assert.deepEqual(await scene.readJournal(), before);
	assert.deepEqual(await scene.claimed(), all);
	log.close();
});
