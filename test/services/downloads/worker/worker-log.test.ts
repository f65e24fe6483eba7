import assert from 'node:assert/strict';
import {
	readdir,
	readFile,
	stat,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {test} from 'node:test';
import {createEventWriter, openWorkerLog, workerLogPath} from '../../../../source/services/downloads/worker/worker-log.js';
import {type Download} from '../../../../source/types/download.js';
import {temporaryFolder} from '../../../helpers/temporary-folder.js';

test('a line an event; nothing that opens a door is in it, nor what a terminal would obey', async () => {
	await using folder = await temporaryFolder();
	const log = openWorkerLog(folder.path);
	log.write('redirected to https://user:password@cdn.example/file.gguf?X-Signature=abcdef&Expires=1, with hf_secretsecret', {id: 'a', at: '2026-01-02T03:04:05.006Z'});
	log.write('two\nlines\u{1B}[31m');
	const text = await readFile(workerLogPath(folder.path), 'utf8');
	const [first, second, ...others] = text.split('\n');
	assert.equal(first, '2026-01-02T03:04:05.006Z a redirected to https://cdn.example/file.gguf?… with hf_…');
	assert.match(second!, /^\d{4}-\S+Z - two lines$/v);
	assert.deepEqual(others, ['']);
	const {mode} = await stat(workerLogPath(folder.path));
	// eslint-disable-next-line no-bitwise -- the permissions alone
	assert.equal(mode & 0o777, 0o600);
});

test('a full log is kept once', async () => {
	await using folder = await temporaryFolder();
	const log = openWorkerLog(folder.path);
	log.write('first');
	const file = workerLogPath(folder.path);
	await writeFile(file, 'x'.repeat(1_048_500));
	await writeFile(`${file}.1`, 'older');
	log.write('a line that does not fit any more, because there is no room for it');
	const [now, before] = await Promise.all([readFile(file, 'utf8'), readFile(`${file}.1`, 'utf8')]);
	assert.match(now, /^\S+ - a line that does not fit[^\n]+\n$/v);
	assert.equal(before.length, 1_048_500);
	assert.deepEqual(await readdir(path.dirname(file)), ['downloads.log', 'downloads.log.1']);
});

test('a home that is gone is not made again for its log', async () => {
	await using folder = await temporaryFolder();
	openWorkerLog(folder.join('gone')).write('the end');
	assert.deepEqual(await readdir(folder.path), []);
});

test('of the events of a download those are written that are new', () => {
	const lines: string[] = [];
	const write = createEventWriter({
		write(text, about) {
			lines.push(`${about?.id} ${text}`);
		},
	});
	const downloads = (texts: Readonly<Record<string, readonly string[]>>) => Object.entries(texts).map(([id, list]) => {
		const events = list.map(text => ({at: text, text}));
		return {id, events} as unknown as Download;
	});
	write(downloads({a: ['1', '2']}));
	write(downloads({a: ['1', '2', '3'], b: ['4', '5']}));
	write(downloads({a: ['3', '6', '7'], b: ['4', '5']}));
	write(downloads({b: ['4', '5', '8']}));
	write(downloads({b: ['4', '5', '8 (2 times)']}));
	write(downloads({b: ['8 (3 times)']}));
	assert.deepEqual(lines, ['a 3', 'b 4', 'b 5', 'a 6', 'a 7', 'b 8', 'b 8 (2 times)', 'b 8 (3 times)']);
});
