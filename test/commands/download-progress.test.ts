import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {type CommandContext} from '../../source/commands/command.js';
import {followDownloads} from '../../source/commands/download-progress.js';
import {createOutput} from '../../source/commands/output.js';
import {type Downloads} from '../../source/services/downloads/downloads.js';
import {type Download} from '../../source/types/download.js';
import {aDownload} from './helpers/a-download.js';
import {jsonLines} from './helpers/invoke.js';
import {downloadEventSchema} from './helpers/schemas.js';

/**
What is told of a queue that goes through these states.
*/
function follow(states: readonly Download[], {json, before}: {readonly json: boolean; readonly before?: Download}) {
	const streams = {stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough()};
	let tell: Parameters<Downloads['subscribe']>[0] | undefined;
	const services = async () => {
		throw new Error('No service is needed.');
	};

	const context: CommandContext = {
		input: [],
		flags: {},
		output: createOutput({...streams, json, environment: {}}),
		streams,
		environment: {},
		signal: new AbortController().signal,
		services,
	};
	const subscribe: Downloads['subscribe'] = listener => {
		tell = listener;
		return () => undefined;
	};

	const followed = followDownloads(context, {list: () => [], subscribe});
	followed.add('model', before);
	for (const state of states) {
		tell?.([state]);
	}

	followed.stop();
	return {stdout: String(streams.stdout.read() ?? ''), stderr: String(streams.stderr.read() ?? '')};
}

test('bytes received go backwards only after a line that says so', () => {
	const states = [
		aDownload({receivedBytes: 600}),
		aDownload({receivedBytes: 100, events: [{at: '2026-01-01T00:00:00.000Z', text: 'the file changed on the hub: starting again'}]}),
		aDownload({receivedBytes: 300}),
	];
	const events = jsonLines(follow(states, {json: true}).stdout).map(line => downloadEventSchema.parse(line));
	assert.deepEqual(events.map(event => [event.type, 'received_bytes' in event && event.received_bytes]), [['progress', 600], ['restarted', 100]]);
	assert.equal(events[1]?.type === 'restarted' && events[1].reason, 'the file changed on the hub: starting again');
	assert.equal(follow(states, {json: false}).stderr, 'model starts again: the file changed on the hub: starting again\n');
});

test('what is unknown is null, and others are not told of', () => {
	const events = jsonLines(follow([aDownload(), aDownload({modelId: 'another', receivedBytes: 5})], {json: true}).stdout);
	assert.equal(events.length, 1);
	assert.partialDeepStrictEqual(events[0], {
		bytes_per_second: null, eta_seconds: null, rate_limit: null, start_at: null, hours: null, activity: null,
	});
});

test('what was fetched before the command came is not counted as fetched by it', () => {
	const before = aDownload({status: 'paused', receivedBytes: 400, fetchedBytes: 400});
	const [event] = jsonLines(follow([aDownload({receivedBytes: 600, fetchedBytes: 600})], {json: true, before}).stdout);
	assert.partialDeepStrictEqual(event, {received_bytes: 600, fetched_bytes: 200, resumed_bytes: 400});
	const [anew] = jsonLines(follow([aDownload({receivedBytes: 600, fetchedBytes: 200, resumedBytes: 400})], {json: true, before}).stdout);
	assert.partialDeepStrictEqual(anew, {fetched_bytes: 200, resumed_bytes: 400});
	// One that was over is counted from its new beginning.
	const [again] = jsonLines(follow([aDownload({receivedBytes: 600, fetchedBytes: 500, resumedBytes: 100})], {json: true, before: {...before, status: 'failed'}}).stdout);
	assert.partialDeepStrictEqual(again, {fetched_bytes: 500, resumed_bytes: 100});
});
