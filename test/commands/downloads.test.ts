import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {Readable} from 'node:stream';
import {after, beforeEach, test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {downloadRecordSchema, type DownloadRecord} from '../../source/services/downloads/queue/download-record.js';
import {openStorage} from '../../source/services/storage/open-storage.js';
import {startHub} from '../helpers/hub/start-hub.js';
import {tinychatRepository} from '../helpers/hub/tinychat-repository.js';
import {recordOf} from '../services/downloads/queue/records.js';
import {invoke, jsonLines, type Invocation} from './helpers/invoke.js';
import {
	changedDownloadsSchema,
	downloadEventSchema,
	downloadLogSchema,
	downloadsSchema,
	errorSchema,
	watchEventSchema,
} from './helpers/schemas.js';
import {temporaryHome, type TemporaryHome} from './helpers/temporary-home.js';

const reference = (quantization: string) => `hf:remuda/tinychat-2.6M-GGUF:${quantization}`;
const [q2, q4, q8] = ['tinychat-2.6m-q2_k', 'tinychat-2.6m-q4_k_m', 'tinychat-2.6m-q8_0'] as const;
const later = '2099-01-01T02:00Z';
const hub = await startHub({repositories: [tinychatRepository()]});

beforeEach(() => {
	hub.setRate({});
});

after(async () => {
	await hub.close();
});

/**
Writes records of downloads as an earlier Remuda may have left them; those that are there are changed.
*/
async function keepRecords(home: TemporaryHome, change: (known: readonly DownloadRecord[]) => readonly DownloadRecord[]): Promise<void> {
	const storage = openStorage({path: home.join('remuda.sqlite')});
	const records = storage.records('downloads', downloadRecordSchema);
	await Promise.all(change(await records.list()).map(async record => records.put(record.id, record)));
	await storage.close();
}

/**
A home whose queue has these variants, none of which begins before 2099.
*/
async function homeWithQueue(...quantizations: readonly string[]): Promise<TemporaryHome> {
	const home = await temporaryHome(hub);
	const {exitCode, stderr} = await invoke(['download', ...quantizations.map(quantization => reference(quantization)), '--at', later, '--background', '--quiet'], home);
	assert.deepEqual([exitCode, stderr], [0, '']);
	return {
		...home,
		async [Symbol.asyncDispose]() {
			// Whoever works the queue has nothing to do then.
			await invoke(['downloads', 'cancel', '--all', '--yes'], home);
			await home[Symbol.asyncDispose]();
		},
	};
}

async function queueOf(home: TemporaryHome) {
	const {exitCode, stdout} = await invoke(['downloads', '--json'], home);
	assert.equal(exitCode, 0);
	return downloadsSchema.parse(JSON.parse(stdout));
}

async function downloadOf(home: TemporaryHome, id: string) {
	const {downloads} = await queueOf(home);
	return downloads.find(download => download.id === id);
}

async function idsOf(home: TemporaryHome) {
	const {downloads} = await queueOf(home);
	return downloads.map(({id}) => id);
}

function resultsOf({stdout}: Invocation) {
	return changedDownloadsSchema.parse(JSON.parse(stdout)).results;
}

test('download --background queues in the order given and returns; what it was told is in the list', async () => {
	await using home = await temporaryHome(hub);
	const settings = ['--priority', 'high', '--limit-rate', '5MB', '--at', later, '--between', '23:00-07:00'];
	const forPeople = await invoke(['download', reference('Q8_0'), reference('Q2_K'), ...settings, '--background'], home);
	assert.deepEqual([forPeople.exitCode, forPeople.stdout], [0, `${q8}\n${q2}\n`], forPeople.stderr);
	assert.match(forPeople.stderr, /^Queued tinychat-2\.6m-q8_0, 2\.83 MB\.$/mv);
	const forPrograms = await invoke(['download', reference('Q4_K_M'), ...settings, '--background', '--json'], home);
	const [event, ...others] = jsonLines(forPrograms.stdout).map(line => downloadEventSchema.parse(line));
	assert.equal(others.length, 0);
	assert.partialDeepStrictEqual(event, {type: 'queued', id: q4, ref: reference('Q4_K_M')});

	const queue = await queueOf(home);
	assert.deepEqual(queue.downloads.map(({id}) => id), [q8, q2, q4]);
	assert.partialDeepStrictEqual(queue.downloads[0], {
		status: 'pending', priority: 'high', rate_limit: 5_000_000, start_at: '2099-01-01T02:00:00.000Z', hours: '23:00-07:00', license: 'mit', received_bytes: 0, total_bytes: 2_826_720,
	});
	assert.equal(queue.total_bytes, 2_826_720 + 1_123_808 + 1_668_064);
	await invoke(['downloads', 'cancel', '--all', '--yes'], home);
	assert.deepEqual(await home.modelFiles(), []);
});

test('what was queued in the background is fetched, and watch follows it until nothing runs', async () => {
	await using home = await homeWithQueue('Q2_K');
	hub.setRate({bytesPerSecond: 2_000_000});
	await invoke(['downloads', 'at', q2, 'now'], home);
	const {exitCode, stdout, stderr} = await invoke(['downloads', 'watch', '--json'], home);
	assert.deepEqual([exitCode, stderr], [0, '']);
	const events = jsonLines(stdout).map(line => watchEventSchema.parse(line));
	assert.deepEqual(events.at(-1), {type: 'completed', downloads: 1});
	assert.equal(await home.modelCount(), 1);

	const done = await downloadOf(home, q2);
	assert.equal(done?.status, 'completed');
	assert.notStrictEqual(done.finished_at, null);
	assert.ok(done.active_seconds > 0);
	assert.ok((done.average_bytes_per_second ?? 0) > 0);
	const forPeople = await invoke(['downloads'], home);
	assert.match(forPeople.stdout, /^ENDED.*AVERAGE.*\ntinychat-2\.6m-q2_k +completed +1\.12 MB +\d+ s .*B\/s +just now/mv);
	const again = await invoke(['downloads', 'watch'], home);
	assert.deepEqual(again, {exitCode: 0, stdout: '', stderr: ''});
});

test('watch ends at Ctrl-C and leaves the downloads alone', async () => {
	await using home = await homeWithQueue('Q2_K');
	const controller = new AbortController();
	const {exitCode, stdout, stderr} = await invoke(['downloads', 'watch', '--json'], {
		...home,
		signal: controller.signal,
		onOutput() {
			controller.abort();
		},
	});
	assert.equal(exitCode, 130);
	assert.match(stderr, /The downloads go on/v);
	assert.deepEqual(jsonLines(stdout).map(line => watchEventSchema.parse(line).type), ['progress', 'failed']);
	const {status} = await downloadOf(home, q2) ?? {};
	assert.equal(status, 'pending');
});

test('pause, resume and cancel, by id, reference or --all', async () => {
	await using home = await homeWithQueue('Q2_K', 'Q4_K_M');
	const paused = await invoke(['downloads', 'pause', reference('Q2_K'), '--json'], home);
	assert.deepEqual(resultsOf(paused), [{
		id: q2, ref: reference('Q2_K'), status: 'paused', error: null,
	}]);
	const all = await invoke(['downloads', 'pause', '--all'], home);
	assert.deepEqual(all, {exitCode: 0, stdout: `${q4}: paused\n`, stderr: ''});
	const none = await invoke(['downloads', 'pause', '--all', '--json'], home);
	assert.deepEqual(resultsOf(none), []);
	assert.deepEqual(resultsOf(await invoke(['downloads', 'resume', '--all', '--json'], home)).map(({status}) => status), ['pending', 'pending']);

	const asking = await invoke(['downloads', 'cancel', q2], home);
	assert.equal(asking.exitCode, 2);
	assert.match(asking.stderr, /--yes/v);
	const {status} = await downloadOf(home, q2) ?? {};
	assert.equal(status, 'pending');
	const typed = Readable.from([Buffer.from('n\n')]);
	const refused = await invoke(['downloads', 'cancel', q2], {...home, terminalWidth: 80, stdin: Object.assign(typed, {isTTY: true})});
	assert.equal(refused.exitCode, 130);
	assert.match(refused.stderr, /Cancel tinychat-2\.6m-q2_k \(0 B received\) and delete what was received\? \[y\/N\]/v);
	const cancelled = await invoke(['downloads', 'cancel', q2, '--yes', '--json'], home);
	assert.deepEqual(resultsOf(cancelled).map(result => result.status), ['cancelled']);
	const forgotten = await invoke(['downloads', 'forget', '--all'], home);
	assert.equal(forgotten.stdout, `${q2}: forgotten\n`);
	assert.deepEqual(await idsOf(home), [q4]);
});

test('what an action is not for is refused with what is', async () => {
	await using home = await temporaryHome(hub);
	await keepRecords(home, () => [recordOf({status: 'completed'})]);
	const told: string[] = [];
	for (const action of ['pause', 'resume', 'retry', 'cancel']) {
		const {exitCode, stdout, stderr} = await invoke(['downloads', action, 'm', ...(action === 'cancel' ? ['--yes'] : [])], home); // eslint-disable-line no-await-in-loop
		told.push(`${exitCode} ${stdout}${stderr}`);
	}

	const refusal = (action: string) => `2 error: There is nothing to ${action}: m is completed.\nhint: It is over. To take it off the list: remuda downloads forget m\n`;
	assert.deepEqual(told, ['pause', 'resume', 'retry', 'cancel'].map(action => refusal(action)));

	await keepRecords(home, () => [recordOf({status: 'paused'})]);
	const retried = await invoke(['downloads', 'retry', 'm', '--json'], home);
	assert.deepEqual(resultsOf(retried).map(({error}) => [error?.code, error?.hint]), [['wrong_status', 'To go on with it: remuda downloads resume m']]);
	const {status} = await downloadOf(home, 'm') ?? {};
	assert.equal(status, 'paused');
});

test('forget deletes what a failed one received only by name, and once that is confirmed', async () => {
	await using home = await temporaryHome(hub);
	hub.setRate({bytesPerSecond: 500_000});
	const controller = new AbortController();
	await invoke(['download', reference('Q2_K'), '--json'], {
		...home,
		signal: controller.signal,
		onOutput(stdout) {
			if (jsonLines(stdout).some(({received_bytes: received}) => Number(received) > 0)) {
				controller.abort();
			}
		},
	});
	await keepRecords(home, records => records.map(record => ({...record, status: 'failed', finishedAt: new Date().toISOString()})));
	const partial = await home.modelFiles();
	assert.notEqual(partial.length, 0);
	assert.deepEqual(await invoke(['downloads', 'forget', '--all'], home), {exitCode: 0, stdout: '', stderr: 'There is nothing to forget.\n'});
	const asking = await invoke(['downloads', 'forget', q2], home);
	assert.equal(asking.exitCode, 2);
	assert.match(asking.stderr, /--yes/v);
	assert.deepEqual(await home.modelFiles(), partial);

	const typed = Readable.from([Buffer.from('n\n')]);
	const refused = await invoke(['downloads', 'forget', q2], {...home, terminalWidth: 80, stdin: Object.assign(typed, {isTTY: true})});
	assert.equal(refused.exitCode, 130);
	assert.match(refused.stderr, /Take tinychat-2\.6m-q2_k \([1-9][\d.]* .?B received\) off the list and delete what was received\? \[y\/N\]/v);
	assert.equal(await downloadOf(home, q2).then(download => download?.status), 'failed');
	const forgotten = await invoke(['downloads', 'forget', q2, '--yes'], home);
	assert.deepEqual(forgotten, {exitCode: 0, stdout: `${q2}: forgotten\n`, stderr: ''});
	assert.deepEqual(await home.modelFiles(), []);
});

test('without room nothing goes on: what could be removed is told, and the exit code is 6', async () => {
	await using home = await temporaryHome(hub);
	const {request} = recordOf();
	await keepRecords(home, () => [recordOf({status: 'failed', request: {...request, files: [{path: 'm.gguf', sizeBytes: 1e15, role: 'model'}]}, sizes: [1e15]})]);
	const forPeople = await invoke(['downloads', 'retry', 'm'], home);
	assert.equal(forPeople.exitCode, 6);
	assert.match(forPeople.stderr, /are missing\. No installed model could be removed\.\nhint: Set models_directory/v);
	const forPrograms = await invoke(['downloads', 'retry', '--all', '--json'], home);
	const [result] = resultsOf(forPrograms);
	assert.partialDeepStrictEqual(result, {error: {code: 'disk_full', prunable: []}});
	const {status} = await downloadOf(home, 'm') ?? {};
	assert.equal(status, 'failed');
});

test('one that cannot be done does not keep the others, and decides the exit code', async () => {
	await using home = await homeWithQueue('Q2_K', 'Q4_K_M');
	const {exitCode, stdout, stderr} = await invoke(['downloads', 'pause', q2, 'nothing', q4], home);
	assert.equal(exitCode, 3);
	assert.equal(stdout, `${q2}: paused\n${q4}: paused\n`);
	assert.match(stderr, /^error: There is no download “nothing”\.\nhint: The queue has tinychat-2\.6m-q2_k, tinychat-2\.6m-q4_k_m\.\n$/v);
	const forPrograms = await invoke(['downloads', 'forget', 'nothing', q2, '--json'], home);
	assert.equal(forPrograms.exitCode, 3);
	assert.deepEqual(resultsOf(forPrograms).map(({error}) => error?.code), ['download_not_found', 'download_active']);
	assert.equal(errorSchema.parse(jsonLines(forPrograms.stderr)[0]).error.code, 'download_not_found');
});

test('move changes the order; priority goes before it', async () => {
	await using home = await homeWithQueue('Q2_K', 'Q4_K_M', 'Q8_0');
	const moved = await invoke(['downloads', 'move', q8, 'first'], home);
	assert.deepEqual(moved, {exitCode: 0, stdout: `${q8}: now 1 of 3\n`, stderr: ''});
	assert.deepEqual(await idsOf(home), [q8, q2, q4]);
	await invoke(['downloads', 'move', q8, 'down'], home);
	assert.deepEqual(await idsOf(home), [q2, q8, q4]);
	await invoke(['downloads', 'priority', q4, 'high'], home);
	const first = await idsOf(home);
	assert.equal(first[0], q4);
});

test('limit, hours and at are set and taken away', async () => {
	await using home = await homeWithQueue('Q2_K');
	const said = await invoke(['downloads', 'limit', q2, '5MB/s'], home);
	assert.match(said.stdout, /^tinychat-2\.6m-q2_k: normal priority, at most 5\.00 MB\/s, from 2099-01-01/v);
	await invoke(['downloads', 'hours', q2, '23:00-07:00'], home);
	assert.partialDeepStrictEqual(await downloadOf(home, q2), {rate_limit: 5_000_000, hours: '23:00-07:00', start_at: '2099-01-01T02:00:00.000Z'});
	await invoke(['downloads', 'limit', q2, 'none'], home);
	await invoke(['downloads', 'hours', q2, 'none'], home);
	await invoke(['downloads', 'at', q2, '2099-06-01T00:00Z'], home);
	assert.partialDeepStrictEqual(await downloadOf(home, q2), {rate_limit: null, hours: null, start_at: '2099-06-01T00:00:00.000Z'});
});

test('limit all is a setting', async () => {
	await using home = await temporaryHome(hub);
	const set = await invoke(['downloads', 'limit', 'all', '5MB'], home);
	assert.deepEqual(set, {exitCode: 0, stdout: 'All downloads together: at most 5.00 MB/s.\n', stderr: ''});
	const limited = await queueOf(home);
	assert.equal(limited.rate_limit, 5_000_000);
	const {stdout} = await invoke(['downloads', 'limit', 'all', 'none', '--json'], home);
	assert.deepEqual(JSON.parse(stdout), {rate_limit: null});
	const unlimited = await queueOf(home);
	assert.equal(unlimited.rate_limit, null);
});

test('the list fits a terminal of 80 columns, and has more to say on a wide one', async () => {
	await using home = await homeWithQueue('Q2_K', 'Q4_K_M');
	const narrow = await invoke(['downloads'], {...home, terminalWidth: 80});
	assert.deepEqual(narrow.stdout.split('\n').filter(line => cellWidth(line) > 80), []);
	assert.match(narrow.stdout, /^2 downloads · 0 B of 2\.79 MB\n# {2}ID +DONE +RECEIVED +STATUS\n1 {2}tinychat-2\.6m-q2_k +0 % +0\.00 \/ 1\.12 MB/v);
	const wide = await invoke(['downloads', 'list'], {...home, terminalWidth: 160});
	assert.match(wide.stdout, /STATUS +PROGRESS +DONE[\s\S]*pending +\[-{10}\] +0 %/v);
	const piped = await invoke(['downloads'], home);
	assert.match(piped.stdout, /STATUS +DONE.*DOING/v);
});

test('an empty queue is empty', async () => {
	await using home = await temporaryHome(hub);
	assert.deepEqual(await invoke(['downloads'], home), {exitCode: 0, stdout: '', stderr: 'No downloads.\n'});
	assert.deepEqual(await idsOf(home), []);
	assert.deepEqual(await invoke(['downloads', 'watch'], home), {exitCode: 0, stdout: '', stderr: 'No downloads.\n'});
	assert.deepEqual(await invoke(['downloads', 'pause', '--all'], home), {exitCode: 0, stdout: '', stderr: 'There is nothing to pause.\n'});
	assert.deepEqual(await invoke(['downloads', 'log'], home), {exitCode: 0, stdout: '', stderr: 'Nothing happened yet.\n'});
	const unknown = await invoke(['downloads', 'pause', 'model', '--json'], home);
	assert.equal(unknown.exitCode, 3);
	assert.match(unknown.stderr, /The queue is empty/v);
});

test('log tells what happened', async () => {
	await using home = await homeWithQueue('Q2_K', 'Q4_K_M');
	await invoke(['downloads', 'pause', '--all'], home);
	const {stdout} = await invoke(['downloads', 'log', '--json'], home);
	const {events} = downloadLogSchema.parse(JSON.parse(stdout));
	assert.deepEqual(new Set(events.map(({id}) => id)), new Set([q2, q4]));
	assert.deepEqual(events.map(({at}) => at), events.map(({at}) => at).toSorted());
	const forPeople = await invoke(['downloads', 'log', q4], home);
	assert.match(forPeople.stdout, /^TIME +ID +EVENT\n\d\d:\d\d:\d\d {2}tinychat-2\.6m-q4_k_m +\S/v);
	assert.doesNotMatch(forPeople.stdout, /q2_k/v);
});
