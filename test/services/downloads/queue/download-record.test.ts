import assert from 'node:assert/strict';
import {test} from 'node:test';
import {downloadRecordSchema} from '../../../../source/services/downloads/queue/download-record.js';
import {recordOf} from './records.js';

test('a record of an earlier version has the usual settings and an empty log', () => {
	const {priority, events, activeSeconds, fetchedBytes, ...older} = recordOf();
	assert.deepEqual(downloadRecordSchema.parse(older), recordOf());
});

test('what is kept of an error tells all that a command needs', () => {
	const error = {
		code: 'disk_full', message: 'No room.', hint: 'Make some.', exitCode: 6, missingBytes: 5,
	};
	assert.deepEqual(downloadRecordSchema.parse(recordOf({status: 'failed', error})).error, error);
});

test('what is shown is clean, and the log has its bounds', () => {
	const event = {at: '2026-05-05T12:00:00Z', text: '\u{1B}[31mred\u{1B}[0m \u{202E}text'};
	const record = downloadRecordSchema.parse(recordOf({events: Array.from({length: 80}, () => event)}));
	assert.equal(record.events.length, 50);
	assert.equal(record.events[0]?.text, 'red text');
});

test('broken and hostile records are refused', () => {
	const {request} = recordOf();
	const [file] = request.files;
	const broken: ReadonlyArray<Readonly<Record<string, unknown>>> = [
		{sizes: [1000]},
		{sizes: [1000, -1]},
		{sizes: [1000, 1e300]},
		{order: 1e300},
		{priority: 'urgent'},
		{rateLimit: 0},
		{rateLimit: 1.5},
		{startAt: 'soon'},
		{hours: {from: '25:00', to: '07:00'}},
		{hours: {from: '07:00', to: '07:00'}},
		{activeSeconds: -1},
		{fetchedBytes: 'many'},
		{events: 'none'},
		{events: [{at: 'then', text: 'x'}]},
		{createdAt: '\u{1B}[2J'},
		{finishedAt: 'later'},
		{status: 'stolen'},
		{request: {...request, files: []}},
		{request: {...request, files: [{...file, path: 'a\nb'}, file]}},
		{request: {...request, repository: 'owner/\u{1B}[2Jrepo'}},
		{request: {...request, modelId: ''}},
		{request: {...request, ref: 'x'.repeat(5000)}},
	];
	assert.deepEqual(broken.filter(change => downloadRecordSchema.safeParse({...recordOf(), ...change}).success), []);
});
