import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	appendFile,
	open,
	readdir,
	readlink,
	truncate,
	writeFile,
} from 'node:fs/promises';
import process from 'node:process';
import {test} from 'node:test';
import {promisify} from 'node:util';
import fc from 'fast-check';
import {createHasher} from '../../../../source/services/downloads/hash/create-hasher.js';
import {type Hasher} from '../../../../source/services/downloads/hash/hasher.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

const never = new AbortController().signal;
// Seconds of hashing, and no space on the disk.
const enormous = 20_000_000_000;

type Scene = AsyncDisposable & {
	readonly hasher: Hasher;
	readonly file: (name: string) => string;
	readonly makeEnormous: () => Promise<string>;
};

async function openScene(): Promise<Scene> {
	const folder = await temporaryFolder();
	const hasher = createHasher();
	return {
		hasher,
		file: name => folder.join(name),
		async makeEnormous() {
			await writeFile(folder.join('enormous'), '');
			await truncate(folder.join('enormous'), enormous);
			return folder.join('enormous');
		},
		async [Symbol.asyncDispose]() {
			await hasher.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('however a file grows, and however often it is asked: the digests are those of what is there', async () => {
	await using scene = await openScene();
	const growth = fc.array(fc.record({length: fc.integer({min: 1, max: 3_000_000}), isAsked: fc.boolean()}), {minLength: 1, maxLength: 6});
	let count = 0;
	await fc.assert(fc.asyncProperty(growth, async steps => {
		count++;
		const file = scene.file(`file ${count}`);
		const sizeBytes = steps.reduce((sum, {length}) => sum + length, 0);
		const hash = scene.hasher.follow(file, {gitSize: sizeBytes});
		const content = Buffer.concat(steps.map(({length}, index) => Buffer.alloc(length, index + 1)));
		let written = 0;
		const between: string[] = [];
		const expected: string[] = [];
		for await (const {length, isAsked} of inSequence(steps)) {
			await appendFile(file, content.subarray(written, written + length));
			written += length;
			hash.available(written);
			if (!isAsked) {
				continue;
			}

			const {sha256} = await hash.digest({signal: never});
			between.push(sha256);
			expected.push(sha256Of(content.subarray(0, written)));
		}

		assert.deepEqual(between, expected);
		const digests = await hash.digest({signal: never});
		assert.deepEqual(digests, {
			sha256: sha256Of(content),
			gitSha1: createHash('sha1').update(`blob ${sizeBytes}\0`).update(content).digest('hex'),
		});
		assert.equal(hash.position, sizeBytes);
		await hash.close();
	}), {numRuns: 25});
});

test('what is behind the bytes that are there is not hashed, nor opened', async () => {
	await using scene = await openScene();
	const hash = scene.hasher.follow(scene.file('not there'));
	assert.deepEqual(await hash.digest({signal: never}), {sha256: sha256Of(new Uint8Array(0))});
	await writeFile(scene.file('not there'), 'right, then anything');
	hash.available(5);
	assert.deepEqual(await hash.digest({signal: never}), {sha256: sha256Of(Buffer.from('right'))});
});

test('a small file does not wait for an enormous one', async () => {
	await using scene = await openScene();
	const slow = scene.hasher.follow(await scene.makeEnormous());
	slow.available(enormous);
	const content = Buffer.alloc(5_000_000, 'small');
	await writeFile(scene.file('small'), content);
	const quick = scene.hasher.follow(scene.file('small'));
	quick.available(content.length);
	assert.deepEqual(await quick.digest({signal: never}), {sha256: sha256Of(content)});
	assert.ok(slow.position > 0);
	assert.ok(slow.position < enormous);
});

test('whoever asks is told that the file is shorter, gone, or cannot be read', async () => {
	await using scene = await openScene();
	await writeFile(scene.file('short'), 'abc');
	const paths = [scene.file('short'), scene.file('gone'), scene.file('')];
	const codes = await Promise.all(paths.map(async path => {
		const hash = scene.hasher.follow(path);
		hash.available(4);
		const [asked, again] = await Promise.allSettled([hash.digest({signal: never}), hash.digest({signal: never})]);
		assert.deepEqual(asked, again);
		return asked.status === 'rejected' && (asked.reason as {code: string}).code;
	}));
	assert.deepEqual(codes, ['partial_lost', 'partial_lost', 'EISDIR']);
});

test('waiting for a digest can be given up, and a closed file is not touched any more', async () => {
	await using scene = await openScene();
	const path = await scene.makeEnormous();
	const hash = scene.hasher.follow(path);
	hash.available(enormous);
	const controller = new AbortController();
	const digest = hash.digest({signal: controller.signal});
	controller.abort(new Error('enough'));
	await assert.rejects(digest, /enough/v);
	await assert.rejects(hash.digest({signal: controller.signal}), /enough/v);
	await Promise.all([hash.close(), hash.close()]);
	const {position} = hash;
	assert.ok(position < enormous);
	const descriptors = await readdir('/proc/self/fd').catch(() => []);
	const links = await Promise.all(descriptors.map(async descriptor => readlink(`/proc/self/fd/${descriptor}`).catch(() => '')));
	assert.ok(!links.includes(path));
	// Another file is hashed meanwhile; the closed one stays where it was.
	await writeFile(scene.file('other'), 'x');
	const other = scene.hasher.follow(scene.file('other'));
	other.available(1);
	await other.digest({signal: never});
	assert.equal(hash.position, position);
});

test('when the thread ends, whoever waits is told, and the next file gets a new thread', async () => {
	await using scene = await openScene();
	const hash = scene.hasher.follow(await scene.makeEnormous());
	hash.available(enormous);
	const digest = assert.rejects(hash.digest({signal: never}), {code: 'hashing_failed'});
	await scene.hasher.close();
	await digest;
	await assert.rejects(hash.digest({signal: never}), {code: 'hashing_failed'});
	await hash.close();
	await writeFile(scene.file('next'), 'x');
	const next = scene.hasher.follow(scene.file('next'));
	next.available(1);
	assert.deepEqual(await next.digest({signal: never}), {sha256: sha256Of(Buffer.from('x'))});
});

test('a process ends although a file is being hashed, but not before a digest that is waited for', async () => {
	await using scene = await openScene();
	const path = await scene.makeEnormous();
	const sizeBytes = 300_000_000;
	await using handle = await open(scene.file('one'), 'w');
	await handle.truncate(sizeBytes);
	const begin = `
		import {createHasher} from ${JSON.stringify(import.meta.resolve('../../../../source/services/downloads/hash/create-hasher.ts'))};
		const hasher = createHasher();
		hasher.follow(process.argv[1]).available(${enormous});
	`;
	const ask = `
		const one = hasher.follow(process.argv[2]);
		one.available(${sizeBytes});
		const {sha256} = await one.digest({signal: new AbortController().signal});
		process.stdout.write(sha256);
	`;
	// eslint-disable-next-line @typescript-eslint/strict-void-return -- it is the types of Node that have execFile return a process
	const execute = promisify(execFile);
	const outputs = await Promise.all([begin, begin + ask].map(async program => {
		const {stdout} = await execute(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program, path, scene.file('one')], {timeout: 20_000});
		return stdout;
	}));
	assert.deepEqual(outputs, ['', sha256Of(Buffer.alloc(sizeBytes))]);
});
