import assert from 'node:assert/strict';
import {test} from 'node:test';
import {QueueEntry} from '../../../../source/services/downloads/queue/queue-entry.js';
import {type DownloadRecord} from '../../../../source/services/downloads/queue/download-record.js';
import {type Download} from '../../../../source/types/download.js';
import {recordOf} from './records.js';

const noon = Date.parse('2026-05-05T12:00:00Z');

function entryOf(change: Partial<DownloadRecord> = {}, received: readonly number[] = [0, 0]): QueueEntry {
	return new QueueEntry(recordOf(change), received, () => noon);
}

/**
The fields of which the later view has other values than the earlier one, by reference.
*/
function changedFields(before: Download, after: Download): readonly string[] {
	const fields = new Set([...Object.keys(before), ...Object.keys(after)]) as ReadonlySet<keyof Download>;
	return [...fields].filter(field => before[field] !== after[field]);
}

test('every field is told', () => {
	const hours = {from: '23:00', to: '07:00'};
	const events = [{at: '2026-05-05T12:00:00Z', text: 'queued'}];
	const entry = entryOf({
		priority: 'high', rateLimit: 1000, startAt: '2026-05-06T02:00:00Z', hours, events, activeSeconds: 10, fetchedBytes: 500,
	}, [400, 100]);
	const {request} = entry;
	assert.deepEqual(entry.view, {
		id: 'm',
		request,
		status: 'pending',
		priority: 'high',
		rateLimit: 1000,
		startAt: '2026-05-06T02:00:00Z',
		hours,
		keepTrying: true,
		receivedBytes: 500,
		totalBytes: 1500,
		fetchedBytes: 0,
		resumedBytes: 500,
		hosts: [],
		connections: 0,
		retries: 0,
		files: [{path: 'm-00001-of-00002.gguf', sizeBytes: 1000, receivedBytes: 400}, {path: 'm-00002-of-00002.gguf', sizeBytes: 500, receivedBytes: 100}],
		segments: [],
		events,
		activeSeconds: 10,
		averageBytesPerSecond: 50,
		createdAt: '2026-05-05T12:00:00.000Z',
	});
});

test('a view is the same object until something changes, and keeps what did not', () => {
	const entry = entryOf();
	entry.begin(0);
	const segments = [{
		start: 0, received: 10, end: 1000, host: 'a.example',
	}, {start: 1000, received: 1000, end: 1000}];
	entry.setCurrentFile(0);
	entry.setSegments(segments);
	const first = entry.view;
	assert.equal(entry.view, first);
	entry.setSegments(structuredClone(segments));
	entry.setActivity(undefined);
	entry.setRetries(0);
	assert.equal(entry.view, first);

	entry.addFetched(0, 10);
	entry.setReceived(0, 10);
	const second = entry.view;
	assert.deepEqual(changedFields(first, second), ['receivedBytes', 'fetchedBytes', 'files']);
	assert.notEqual(second.files[0], first.files[0]);
	assert.equal(second.files[1], first.files[1]);

	entry.setSegments([{...segments[0]!, received: 20}, {...segments[1]!}]);
	assert.deepEqual(changedFields(second, entry.view), ['segments']);
	assert.equal(entry.view.segments[1], first.segments[1]);
	entry.log('something');
	assert.equal(changedFields(first, entry.view).includes('hosts'), false);
});

test('hosts and connections are those that the segments tell; all go when the run ends', () => {
	const entry = entryOf();
	entry.begin(0);
	entry.setCurrentFile(1);
	const segment = {start: 0, received: 0, end: 10};
	entry.setSegments([{...segment, host: 'a'}, {...segment, host: 'b'}, {...segment}, {...segment, host: 'a'}]);
	assert.deepEqual(entry.view.hosts, ['a', 'b']);
	assert.equal(entry.view.connections, 3);
	assert.equal(entry.view.currentFile, 1);
	entry.setCurrentFile(0);
	assert.deepEqual(entry.view.segments, []);
	entry.setSegments(Array.from({length: 100}, () => segment));
	assert.equal(entry.view.segments.length, 64);
	entry.end('paused');
	assert.deepEqual(entry.view.segments, []);
	assert.deepEqual(entry.view.hosts, []);
	assert.equal(entry.view.connections, 0);
	assert.equal(entry.view.currentFile, undefined);
});

test('the time left is told only while bytes come in', () => {
	const entry = entryOf({sizes: [100_000, 500]});
	let fetched = 0;
	const fetch = (moment: number) => {
		fetched += 500;
		entry.addFetched(0, 500);
		entry.setReceived(0, fetched);
		entry.sample(moment);
	};

	entry.begin(0);
	fetch(500);
	// Not known yet.
	assert.equal(entry.view.bytesPerSecond, undefined);
	assert.equal(entry.view.etaSeconds, undefined);
	for (let moment = 1000; moment <= 10_000; moment += 500) {
		fetch(moment);
	}

	assert.ok(Math.abs(entry.view.bytesPerSecond! - 1000) < 1);
	// 90,500 bytes are missing.
	assert.ok(Math.abs(entry.view.etaSeconds! - 91) <= 1);
	entry.sample(16_000);
	assert.equal(entry.view.etaSeconds, undefined);
	assert.ok(entry.view.bytesPerSecond! < 500);
	entry.update({status: 'verifying'});
	assert.equal(entry.view.bytesPerSecond, undefined);
});

test('time and bytes add up over the runs', () => {
	const entry = entryOf({activeSeconds: 5, fetchedBytes: 1000});
	const start = performance.now();
	entry.begin(start);
	entry.addFetched(0, 250);
	entry.sample(start + 5000);
	assert.equal(entry.view.activeSeconds, 10);
	assert.equal(entry.view.averageBytesPerSecond, 125);
	assert.equal(entry.record.fetchedBytes, 1250);
	entry.addFetched(0, 250);
	entry.end('completed');
	assert.equal(entry.record.fetchedBytes, 1500);
	assert.equal(entry.record.finishedAt, '2026-05-05T12:00:00.000Z');
	// What was spent on one that is there counts no more when it is fetched anew.
	entry.renew(entry.request, [0, 0]);
	assert.equal(entry.view.activeSeconds, 0);
	assert.equal(entry.view.averageBytesPerSecond, undefined);
});

test('what the last run fetched and found is told after a restart as well', () => {
	const entry = entryOf({fetchedBytes: 400}, [400, 0]);
	entry.begin(0);
	entry.addFetched(0, 600);
	entry.setReceived(0, 1000);
	entry.addFetched(1, 500);
	entry.setReceived(1, 500);
	entry.end('completed');
	const {view} = new QueueEntry(entry.record, [1000, 500], () => noon);
	assert.deepEqual([view.fetchedBytes, view.resumedBytes], [1100, 400]);
	// Begun anew it has a run of its own.
	entry.renew(entry.request, [0, 0]);
	assert.deepEqual([entry.view.fetchedBytes, entry.view.resumedBytes], [0, 0]);
});

test('what was there before counts as resumed, what had to go does not', () => {
	const entry = entryOf({}, [400, 0]);
	entry.begin(0);
	entry.setReceived(0, 400);
	assert.equal(entry.view.resumedBytes, 400);
	entry.addFetched(0, 100);
	entry.setReceived(0, 500);
	assert.equal(entry.view.resumedBytes, 400);
	// The file changed.
	entry.setReceived(0, 0);
	assert.equal(entry.view.resumedBytes, 0);
	assert.equal(entry.view.fetchedBytes, 100);
	assert.equal(entry.remainingBytes, 1500);
});
