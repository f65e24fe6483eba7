import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {
	after,
	beforeEach,
	test,
} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {fileOfMetadata} from '../helpers/hub/hub-file.js';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {invoke, jsonLines} from './helpers/invoke.js';
import {downloadEventSchema, downloadsSchema, noRoomSchema} from './helpers/schemas.js';
import {temporaryHome, type TemporaryHome} from './helpers/temporary-home.js';

const small = 'hf:remuda/tinychat-2.6M-GGUF:Q2_K';
const large = 'hf:remuda/tinychat-2.6M-GGUF:F16';
const hub = await startHub({
	repositories: [
		tinychatRepository(),
		tinychatRepository({id: 'remuda/closed-GGUF', gated: 'manual'}),
		{id: 'remuda/huge-GGUF', files: {'huge-Q4_K_M.gguf': fileOfMetadata({sizeBytes: 1e15, sha256: 'a'.repeat(64)})}},
	],
});

beforeEach(() => {
	hub.setRate({});
});

after(async () => {
	await hub.close();
});

async function statusesOf(home: TemporaryHome) {
	const {stdout} = await invoke(['downloads', '--json'], home);
	return downloadsSchema.parse(JSON.parse(stdout)).downloads.map(({status}) => status);
}

function eventsOf(stdout: string) {
	return jsonLines(stdout).map(line => downloadEventSchema.parse(line));
}

void test('download prints the path of the file and tells the rest on stderr; again it is installed already', async () => {
	await using home = await temporaryHome(hub);
	const first = await invoke(['download', small], home);
	assert.equal(first.exitCode, 0);
	const file = home.join('models', 'huggingface', 'remuda', 'tinychat-2.6M-GGUF', 'tinychat-2.6M.Q2_K.gguf');
	assert.equal(first.stdout, `${file}\n`);
	assert.match(first.stderr, /^Downloaded .*1\.12 MB/v);
	assert.deepEqual(await readFile(file), await readFile(path.join(import.meta.dirname, '../../starter-model/tinychat-2.6M.Q2_K.gguf')));

	const asked = hub.requests.length;
	const second = await invoke(['download', small], home);
	assert.equal(second.exitCode, 0);
	assert.equal(second.stdout, `${file}\n`);
	assert.match(second.stderr, /installed already/v);
	assert.equal(hub.requests.slice(asked).filter(({server}) => server === 'cdn').length, 0);

	const quiet = await invoke(['download', small, '--quiet'], home);
	assert.deepEqual(quiet, {exitCode: 0, stdout: `${file}\n`, stderr: ''});
});

void test('download --json prints a line for each step, and a last one for each download', async () => {
	await using home = await temporaryHome(hub);
	hub.setRate({bytesPerSecond: 4_000_000});
	const {exitCode, stdout, stderr} = await invoke(['download', small, large, '--json'], home);
	assert.equal(exitCode, 0);
	assert.equal(stderr, '');
	const events = eventsOf(stdout);
	const completed = events.filter(event => event.type === 'completed');
	assert.deepEqual(completed.map(({ref}) => ref).toSorted(), [large, small]);
	assert.deepEqual(completed.map(event => event.received_bytes === event.total_bytes && event.size_bytes === event.total_bytes && !event.already_installed), [true, true]);
	const bytes = await readFile(completed[0]!.path);
	assert.equal(completed[0]!.checksum, `sha256:${createHash('sha256').update(bytes).digest('hex')}`);
	const received = events.filter(event => event.type === 'progress' && event.ref === large).map(event => event.type === 'progress' ? event.received_bytes : 0);
	assert.ok(received.length > 0);
	// Who waits is told at once where it fails.
	assert.ok(events.every(event => event.type !== 'progress' || !event.keep_trying));
	assert.deepEqual(received, received.toSorted((left, right) => left - right));
	assert.notEqual(events.findLastIndex(({type}) => type === 'progress'), events.length - 1);
});

void test('one that fails decides the exit code; the others are done', async () => {
	await using home = await temporaryHome(hub);
	const {exitCode, stdout, stderr} = await invoke(['download', 'hf:remuda/tinychat-2.6M-GGUF:Q5_0', 'hf:remuda/closed-GGUF:Q2_K', small, '--json'], home);
	assert.equal(exitCode, 3);
	assert.equal(jsonLines(stderr).length, 1);
	const last = eventsOf(stdout).filter(({type}) => type !== 'progress');
	assert.deepEqual(last.map(event => `${event.type} ${event.ref}`).toSorted(), [`completed ${small}`, 'failed hf:remuda/closed-GGUF:Q2_K', 'failed hf:remuda/tinychat-2.6M-GGUF:Q5_0']);
	const forPeople = await invoke(['download', 'hf:remuda/closed-GGUF:Q2_K', 'hf:remuda/tinychat-2.6M-GGUF:Q5_0'], home);
	assert.equal(forPeople.exitCode, 8);
	assert.equal(forPeople.stdout, '');
	assert.equal(forPeople.stderr.split('error: ').length - 1, 2);
});

void test('wrong bytes end with 5, and no file', async () => {
	await using home = await temporaryHome(hub);
	const fault = hub.fault({kind: 'wrong-bytes', path: 'Q2_K', afterBytes: 500_000});
	const {exitCode, stdout, stderr} = await invoke(['download', small, '--json'], home);
	fault.remove();
	assert.equal(exitCode, 5);
	assert.match(stderr, /checksum/v);
	assert.equal(eventsOf(stdout).at(-1)?.type, 'failed');
	assert.deepEqual(await home.modelFiles(), []);
});

void test('an interrupted download ends with 130, keeps what it has and goes on from there', async () => {
	await using home = await temporaryHome(hub);
	hub.setRate({bytesPerSecond: 1_000_000});
	const controller = new AbortController();
	const interrupted = await invoke(['download', large, '--json'], {
		...home,
		signal: controller.signal,
		onOutput(stdout) {
			if (/"received_bytes":[1-9]/v.test(stdout)) {
				controller.abort();
			}
		},
	});
	assert.equal(interrupted.exitCode, 130);
	assert.match(interrupted.stderr, /kept/v);
	assert.equal(eventsOf(interrupted.stdout).at(-1)?.type, 'failed');
	assert.deepEqual(await statusesOf(home), ['paused']);

	hub.setRate({});
	const resumed = await invoke(['download', large, '--json'], home);
	assert.equal(resumed.exitCode, 0);
	const last = eventsOf(resumed.stdout).at(-1);
	assert.equal(last?.type, 'completed');
	assert.ok(last.resumed_bytes > 0);
	assert.ok(last.fetched_bytes < last.total_bytes);
	const forPeople = await invoke(['list'], home);
	assert.match(forPeople.stdout, /F16/v);
});

void test('a terminal that goes away pauses nothing', async () => {
	await using home = await temporaryHome(hub);
	hub.setRate({bytesPerSecond: 1_000_000});
	const controller = new AbortController();
	const {exitCode} = await invoke(['download', small, '--json'], {
		...home,
		signal: controller.signal,
		onOutput(stdout) {
			if (/"received_bytes":[1-9]/v.test(stdout)) {
				controller.abort(new DOMException('Stopped by SIGHUP.', {name: 'AbortError', cause: 'SIGHUP'}));
			}
		},
	});
	assert.equal(exitCode, 130);
	assert.doesNotMatch(String(await statusesOf(home)), /paused/v);
	hub.setRate({});
	const watched = await invoke(['downloads', 'watch'], home);
	assert.equal(watched.exitCode, 0);
	assert.deepEqual(await statusesOf(home), ['completed']);
});

void test('what has no room ends with 6, and what could be removed is told', async () => {
	await using home = await temporaryHome(hub);
	await invoke(['download', small, '--quiet'], home);
	const forPrograms = await invoke(['download', 'hf:remuda/huge-GGUF', '--json'], home);
	assert.equal(forPrograms.exitCode, 6);
	const {error} = noRoomSchema.parse(jsonLines(forPrograms.stderr)[0]);
	assert.deepEqual(error.prunable.map(({id, size_bytes: sizeBytes}) => [id, sizeBytes]), [['tinychat-2.6m-q2_k', 1_123_808]]);
	assert.equal(error.prunable_bytes, 1_123_808);
	assert.partialDeepStrictEqual(eventsOf(forPrograms.stdout), [{type: 'failed', error}]);
	const forPeople = await invoke(['download', 'hf:remuda/huge-GGUF'], home);
	assert.equal(forPeople.exitCode, 6);
	assert.match(forPeople.stderr, /^error: .*still to be written.*\n.*are missing\.$/mv);
	assert.match(forPeople.stderr, /^COULD BE REMOVED +SIZE +LAST USED\ntinychat-2\.6m-q2_k +1\.12 MB +never\nhint: Even without them/mv);
	assert.deepEqual(await statusesOf(home), ['completed']);
});

void test('a terminal gets bars on stderr that fit it, and stdout stays clean', async () => {
	await using home = await temporaryHome(hub);
	hub.setRate({bytesPerSecond: 2_000_000});
	const {exitCode, stdout, stderr} = await invoke(['download', small], {...home, terminalWidth: 80});
	assert.equal(exitCode, 0);
	assert.match(stdout, /^\/.*Q2_K\.gguf\n$/v);
	assert.match(stderr, /\[#*-*\] +\d+ %/v);
	assert.deepEqual(stripVTControlCharacters(stderr).split(/[\n\r]/v).filter(line => cellWidth(line) > 79), []);
	assert.doesNotMatch(stderr.slice(stderr.lastIndexOf('\u{1B}[J')), /#/v);
});

void test('what else waits in the queue is left alone', async () => {
	await using home = await temporaryHome(hub);
	hub.setRate({bytesPerSecond: 1_000_000});
	const controller = new AbortController();
	await invoke(['download', large, '--json'], {
		...home,
		signal: controller.signal,
		onOutput(stdout) {
			if (/"received_bytes":[1-9]/v.test(stdout)) {
				controller.abort();
			}
		},
	});
	const asked = hub.requests.length;
	const {exitCode} = await invoke(['download', small], home);
	assert.equal(exitCode, 0);
	assert.deepEqual(hub.requests.slice(asked).filter(request => request.path.includes('F16')), []);
});
