import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
	mkdir,
	readdir,
	readFile,
	rm,
	stat,
	writeFile,
} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {DatabaseSync} from 'node:sqlite';
import {text} from 'node:stream/consumers';
import {test, type TestContext} from 'node:test';
import {setInterval} from 'node:timers/promises';
import fc from 'fast-check';
import * as z from 'zod/mini';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {type Records} from '../../../source/services/storage/storage.js';
import {inSequence} from '../../helpers/in-sequence.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const thing = z.object({value: z.number(), note: z.optional(z.string())});
type Thing = z.infer<typeof thing>;

const writerScript = path.join(import.meta.dirname, 'write-records.ts');

/**
A storage that is closed before its folder goes.
*/
async function temporaryStorage() {
	const folder = await temporaryFolder();
	const file = folder.join('home', 'remuda.sqlite');
	const storage = openStorage({path: file});
	return {
		folder,
		file,
		storage,
		things: storage.records('things', thing),
		async [Symbol.asyncDispose]() {
			await storage.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

function startWriter(...options: readonly string[]) {
	return spawn(process.execPath, ['--import', 'tsx', writerScript, ...options], {stdio: ['ignore', 'pipe', 'inherit']});
}

test('nothing is touched before a record is asked for', async () => {
	await using world = await temporaryStorage();
	assert.deepEqual(await readdir(world.folder.path), []);
	assert.deepEqual(await world.things.list(), []);
	const {mode} = await stat(world.file);
	assert.equal(mode % 0o1000, 0o600);
});

test('what is put is there for the next one who opens the file', async () => {
	await using world = await temporaryStorage();
	await world.things.put('b', {value: 2, note: '日本語 \u{1F404} "quoted" :colon'});
	await world.things.put('a', {value: 1});
	await world.storage.close();
	const storage = openStorage({path: world.file});
	const things = storage.records('things', thing);
	assert.deepEqual(await things.list(), [{value: 1}, {value: 2, note: '日本語 \u{1F404} "quoted" :colon'}]);
	assert.deepEqual(await things.get('a'), {value: 1});
	assert.equal(await things.get('c'), undefined);
	assert.equal(await things.delete('a'), true);
	assert.equal(await things.delete('a'), false);
	assert.deepEqual(await storage.check(), []);
	await storage.close();
	assert.deepEqual(await readdir(path.dirname(world.file)), ['remuda.sqlite']);
});

test('namespaces and keys that look alike are kept apart', async () => {
	await using world = await temporaryStorage();
	const others = world.storage.records('other_things', thing);
	const keys = ['a', 'things:a', 'things:things:a', ':a', 'A', 'a%', 'a_', 'a\u{0}b', '__proto__'];
	for await (const [index, key] of inSequence(keys.entries())) {
		await world.things.put(key, {value: index});
		await others.put(key, {value: -index - 1});
	}

	const read = await Promise.all(keys.map(async key => world.things.get(key)));
	assert.deepEqual(read.map(found => found?.value), keys.keys().toArray());
	await world.things.delete('a%');
	const left = await others.list();
	assert.equal(left.length, keys.length);
	await assert.rejects(world.things.put('', {value: 1}), TypeError);
	await assert.rejects(world.things.get('a'.repeat(10_000)), TypeError);
});

test('a value that could not be read again is not written', async () => {
	await using world = await temporaryStorage();
	await world.things.put('a', {value: 1});
	await assert.rejects(world.things.put('a', {value: NaN}), TypeError);
	await assert.rejects(world.things.update('a', () => ({value: Infinity})), TypeError);
	assert.deepEqual(await world.things.get('a'), {value: 1});
});

test('a map in memory and a storage agree after any calls', async () => {
	await using world = await temporaryStorage();
	const keys = ['a', 'b', 'things:a', 'ü'];
	const anyKey = fc.constantFrom(...keys);
	const anyValue = fc.record({value: fc.double({noNaN: true, noDefaultInfinity: true}), note: fc.string({unit: 'grapheme'})});
	const call = fc.tuple(fc.constantFrom('put', 'delete', 'update'), anyKey, anyValue);
	let round = 0;
	await fc.assert(fc.asyncProperty(fc.array(call, {maxLength: 12}), async calls => {
		const records: Records<Thing> = world.storage.records(`round-${round++}`, thing);
		const expected = new Map<string, Thing>();
		const answers: unknown[] = [];
		const expectedAnswers: unknown[] = [];
		for await (const [kind, key, given] of inSequence(calls)) {
			// JSON has no negative zero.
			const value = {...given, value: given.value === 0 ? 0 : given.value};
			if (kind === 'put') {
				expected.set(key, value);
				await records.put(key, value);
			} else if (kind === 'delete') {
				expectedAnswers.push(expected.delete(key));
				answers.push(await records.delete(key));
			} else {
				const change = (current: Thing | undefined) => current && {...value, note: `${current.note}!`};
				const changed = change(expected.get(key));
				expectedAnswers.push(changed);
				answers.push(await records.update(key, change));
				if (changed) {
					expected.set(key, changed);
				}
			}
		}

		assert.deepEqual(answers, expectedAnswers);
		assert.deepEqual(new Set(await records.list()), new Set(expected.values()));
		assert.deepEqual(await Promise.all(keys.map(async each => records.get(each))), keys.map(each => expected.get(each)));
	}), {numRuns: 25});
});

test('two processes that write at once lose nothing', async () => {
	await using world = await temporaryStorage();
	const writers = ['x', 'y'].map(prefix => startWriter(world.file, 'things', prefix, '300'));
	const counters = [1, 2].map(() => startWriter(world.file, 'counters', 'COUNTER', '300'));
	const exits = await Promise.all([...writers, ...counters].map(async child => {
		child.stdout.resume();
		const [code] = await once(child, 'exit') as [number];
		return code;
	}));
	assert.deepEqual(exits, [0, 0, 0, 0]);
	const list = await world.things.list();
	assert.equal(list.length, 600);
	assert.deepEqual(await world.storage.records('counters', thing).get('counter'), {value: 600});
	assert.deepEqual(await world.storage.check(), []);
});

test('while another keeps the file locked, a write waits and everything else goes on', async () => {
	await using world = await temporaryStorage();
	await world.things.put('one', {value: 1});
	const other = new DatabaseSync(world.file);
	other.exec('BEGIN IMMEDIATE');
	// The lock is held by this very thread: a write that blocked it could never be done.
	const written = world.things.put('two', {value: 2});
	const ticks = setInterval(20);
	await ticks.next();
	await ticks.next();
	other.exec('COMMIT');
	other.close();
	await written;
	await ticks.return?.();
	assert.deepEqual(await world.things.list(), [{value: 1}, {value: 2}]);
});

test('a writer that is killed loses no record it was told is kept', async () => {
	await using world = await temporaryStorage();
	const writer = startWriter(world.file, 'things', 'k', '100000');
	const acknowledged: string[] = [];
	for await (const line of createInterface({input: writer.stdout})) {
		acknowledged.push(line);
		if (acknowledged.length === 150) {
			writer.kill('SIGKILL');
		}
	}

	assert.ok(acknowledged.length >= 150);
	assert.ok(acknowledged.length < 100_000);
	const kept = await Promise.all(acknowledged.map(async key => world.things.get(key)));
	assert.deepEqual(kept.map(record => record?.value), acknowledged.keys().toArray());
	assert.deepEqual(await world.storage.check(), []);
});

test('a record that cannot be read is left out, told of, and left alone', async () => {
	await using world = await temporaryStorage();
	await world.things.put('good', {value: 1});
	const database = new DatabaseSync(world.file);
	const insert = database.prepare('INSERT INTO keyv (key, namespace, value) VALUES (?, \'things\', ?)');
	const damaged: ReadonlyArray<readonly [key: string, value: string | Uint8Array]> = [
		['cut', '{"value":{"val'],
		['empty', ''],
		['list', '[]'],
		['nothing', 'null'],
		['bytes', new Uint8Array([0, 255])],
		['wrong', '{"value":{"value":"one"}}'],
		['expired', '{"value":{"value":"two"},"expires":1}'],
	];
	for (const [key, value] of damaged) {
		insert.run(key, value);
	}

	database.exec('INSERT INTO keyv (key, namespace, value) VALUES (\'absent\', \'things\', NULL)');

	assert.deepEqual(await world.things.list(), [{value: 1}]);
	assert.equal(await world.things.get('cut'), undefined);
	assert.equal(await world.things.get('nothing'), undefined);
	assert.equal(await world.things.update('wrong', current => current), undefined);
	const told = world.storage.brokenRecords();
	assert.deepEqual(told.map(({namespace, key}) => `${namespace} ${key}`), [...damaged.map(([key]) => `things ${key}`), 'things absent'].toSorted());
	assert.match(told.find(({key}) => key === 'wrong')?.reason ?? '', /^value: /v);
	const rows = database.prepare('SELECT key, value FROM keyv WHERE key <> \'good\' AND value IS NOT NULL ORDER BY rowid').all();
	assert.deepEqual(rows.map(row => [row.key, row.value]), damaged.map(([key, value]) => [key, value]));
	database.close();
	await world.things.put('cut', {value: 3});
	assert.deepEqual(await world.things.get('cut'), {value: 3});
	const repaired = await Promise.all(['absent', 'bytes', 'wrong'].map(async key => world.things.update(key, current => current ?? {value: 4})));
	assert.deepEqual(repaired, [{value: 4}, {value: 4}, {value: 4}]);
	assert.deepEqual(await world.things.get('bytes'), {value: 4});
	assert.deepEqual(await world.things.get('absent'), {value: 4});
});

async function soundDatabase(): Promise<Uint8Array> {
	await using world = await temporaryStorage();
	await Promise.all(Array.from({length: 100}, async (_, index) => world.things.put(`key ${index}`, {value: index, note: 'x'.repeat(500)})));
	await world.storage.close();
	return await readFile(world.file);
}

test('a damaged database is refused by every call and not changed by a byte', async t => {
	const sound = await soundDatabase();
	const filled = (from: number, to: number, byte: number) => Buffer.concat([sound.subarray(0, from), Buffer.alloc(to - from, byte), sound.subarray(to)]);
	const cases: Readonly<Record<string, Uint8Array>> = {
		'a text': Buffer.from('This is not a database. '.repeat(300)),
		'a few bytes': Buffer.from('hello'),
		'cut short': sound.subarray(0, 5000),
		'only a header': sound.subarray(0, 100),
		'a schema overwritten': filled(100, 4096, 0x41),
		'a page of zeros': filled(4096, 8192, 0),
		'pages overwritten in the middle': filled(4096 * 4, 4096 * 8, 0xFF),
	};
	for await (const [name, bytes] of inSequence(Object.entries(cases))) {
		await t.test(name, async () => {
			await using folder = await temporaryFolder();
			const file = folder.join('remuda.sqlite');
			await writeFile(file, bytes);
			const storage = openStorage({path: file});
			const things = storage.records('things', thing);
			const refusal = {
				code: 'database_broken', exitCode: 5, message: new RegExp(`^The database ${file} `, 'v'), hint: /Move it away/v,
			};
			await assert.rejects(things.list(), refusal);
			await assert.rejects(things.get('a'), refusal);
			await assert.rejects(things.put('a', {value: 1}), refusal);
			await assert.rejects(things.update('a', () => ({value: 1})), refusal);
			await assert.rejects(storage.check(), refusal);
			await storage.close();
			assert.deepEqual(await readFile(file), bytes);
			assert.deepEqual(await readdir(folder.path), ['remuda.sqlite']);
		});
	}
});

test('a database of a newer Remuda, and one of another program, are refused and not changed', async t => {
	const cases = [
		['newer', 'PRAGMA application_id = 0x526D6461; PRAGMA user_version = 2; CREATE TABLE novelty (a)', {code: 'database_version', exitCode: 2, hint: /Update Remuda/v}],
		['foreign', 'CREATE TABLE keyv (key TEXT, value TEXT)', {code: 'database_broken'}],
		['foreign by its id', 'PRAGMA application_id = 7', {code: 'database_broken'}],
	] as const;
	for await (const [name, statements, refusal] of inSequence(cases)) {
		await t.test(name, async () => {
			await using folder = await temporaryFolder();
			const file = folder.join('remuda.sqlite');
			const database = new DatabaseSync(file);
			database.exec(statements);
			database.close();
			const before = await readFile(file);
			const storage = openStorage({path: file});
			await assert.rejects(storage.records('things', thing).list(), refusal);
			await storage.close();
			assert.deepEqual(await readFile(file), before);
		});
	}
});

test('a home that cannot be is an access error, and is tried again', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('home'), '');
	const storage = openStorage({path: folder.join('home', 'remuda.sqlite')});
	const things = storage.records('things', thing);
	await assert.rejects(things.list(), {code: 'home_unwritable', exitCode: 8, hint: /REMUDA_HOME/v});
	await assert.rejects(things.put('a', {value: 1}), {code: 'home_unwritable'});
	await rm(folder.join('home'));
	await things.put('a', {value: 1});
	assert.deepEqual(await things.get('a'), {value: 1});
	await storage.close();
});

test('a folder in place of the database is refused', async () => {
	await using folder = await temporaryFolder();
	await mkdir(folder.join('remuda.sqlite'));
	const storage = openStorage({path: folder.join('remuda.sqlite')});
	await assert.rejects(storage.records('things', thing).list(), {code: 'database_broken'});
	await storage.close();
});

test('an empty file becomes a database', async () => {
	await using folder = await temporaryFolder();
	await writeFile(folder.join('remuda.sqlite'), '');
	const storage = openStorage({path: folder.join('remuda.sqlite')});
	await storage.records('things', thing).put('a', {value: 1});
	await storage.close();
	const database = new DatabaseSync(folder.join('remuda.sqlite'));
	assert.equal(database.prepare('PRAGMA user_version').get()?.user_version, 1);
	assert.equal(database.prepare('PRAGMA journal_mode').get()?.journal_mode, 'wal');
	database.close();
});

// A file system of 400 KB, in a namespace of its own that ends with the process.
const onSmallDisk = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=400k tmpfs "$0" && exec "$@"'];
test('on a full disk a write says so, and what was kept can be read', async (t: TestContext) => {
	if (spawnSync('unshare', [...onSmallDisk, tmpdir(), 'true']).status !== 0) {
		t.diagnostic('This system lets no user mount a small disk.');
		return;
	}

	await using folder = await temporaryFolder();
	const command = [process.execPath, '--import', 'tsx', writerScript, folder.join('remuda.sqlite'), 'things', 'k', '100000'];
	const writer = spawn('unshare', [...onSmallDisk, folder.path, ...command], {stdio: ['ignore', 'pipe', 'inherit']});
	const output = await text(writer.stdout);
	const lines = output.trimEnd().split('\n');
	t.assert.strictEqual(lines.at(-1), `disk_full ${lines.length - 1}`);
	t.assert.ok(lines.length > 10);
});

test('calls after the end fail, and the end waits for those before', async () => {
	await using world = await temporaryStorage();
	const pending = world.things.put('a', {value: 1});
	await Promise.all([pending, world.storage.close()]);
	await assert.rejects(world.things.get('a'), /closed/v);
});
