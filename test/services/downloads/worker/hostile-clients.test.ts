import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import path from 'node:path';
import {test} from 'node:test';
import {maximumCallLength, protocolVersion} from '../../../../source/services/downloads/worker/protocol.js';
import {inSequence} from '../../../helpers/in-sequence.js';
import {complete, oneModel} from '../world.js';
import {startWorkerWorld, type WorkerWorld} from './worker-world.js';

const hello = JSON.stringify({type: 'hello', protocol: protocolVersion});

function open({home}: WorkerWorld): Socket {
	const socket = connect(path.join(home, 'downloads.sock'));
	socket.on('error', () => undefined);
	return socket;
}

/**
What the worker answers to some bytes before it closes the connection.
*/
async function answerTo(world: WorkerWorld, ...pieces: ReadonlyArray<string | Uint8Array>): Promise<string> {
	const socket = open(world);
	let answer = '';
	socket.setEncoding('utf8').on('data', (text: string) => {
		answer += text;
	});
	for (const piece of pieces) {
		socket.write(piece);
	}

	const {promise: closed, resolve} = Promise.withResolvers<string>();
	// Also where the connection is cut, which is told as an error before.
	socket.once('close', () => {
		resolve(answer);
	});
	return closed;
}

test('what no client of ours would say ends its connection, and only that', async () => {
	const {files, request} = await oneModel(3_000_000);
	await using world = await startWorkerWorld(files, {bytesPerSecond: 4_000_000});
	await world.workHere().ready;
	await using client = world.client();
	const done = complete(client, request);
	const call = (fields: Record<string, unknown>) => JSON.stringify({type: 'call', reference: 1, call: fields});
	const garbage = [
		Buffer.from([0, 255, 10, 10, 13]),
		'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
		'{"type":"hello"}\n',
		'{"type":"shutdown"}\n',
		'[]\nnull\n',
		`${call({method: 'pause', id: 'a'})}\n`,
		`${hello}\n${call({method: 'constructor', id: 'a'})}\n`,
		`${hello}\n${call({method: 'pause', id: 7})}\n`,
		`${hello}\n${call({method: 'add', request: {...request, files: []}})}\n`,
		`${hello}\n${call({method: 'move', id: 'a', to: 'nowhere'})}\n`,
	];
	const answers: boolean[] = [];
	for await (const bytes of inSequence(garbage)) {
		const answer = await answerTo(world, bytes);
		answers.push(answer.includes('"answer"'));
	}

	assert.deepEqual(answers, garbage.map(() => false));
	await done;
});

test('a line without end is not kept', async () => {
	await using world = await startWorkerWorld({});
	await world.workHere({linger: 20_000}).ready;
	const answer = await answerTo(world, `${hello}\n`, ...Array.from({length: 5}, () => 'x'.repeat(maximumCallLength / 4)), '\n');
	assert.doesNotMatch(answer, /"answer"/v);
	const other = await answerTo(world, `${hello}\n{"type":"retire"}\n`);
	assert.match(other, /^\{"type":"hello"[\s\S]*"bye"/v);
});

test('a client of another version is told which this is, and can only ask the worker to go', async () => {
	await using world = await startWorkerWorld({});
	const worker = world.workHere({linger: 20_000});
	await worker.ready;
	const other = JSON.stringify({type: 'hello', protocol: protocolVersion + 1, something: 'new'});
	const refused = await answerTo(world, `${other}\n${JSON.stringify({type: 'call', reference: 1, call: {method: 'pause', id: 'a'}})}\n`);
	assert.deepEqual(refused.trim().split('\n').map(line => (JSON.parse(line) as {type: string; protocol: number}).protocol), [protocolVersion]);
	const last = await answerTo(world, `${other}\n{"type":"retire"}\n`);
	assert.match(last, /"bye","reason":"retired"/v);
	assert.equal(await worker.exitCode, 0);
});

test('one that says nothing holds nothing up', async () => {
	await using world = await startWorkerWorld({});
	const worker = world.workHere({linger: 100});
	await worker.ready;
	const socket = open(world).resume();
	const closed = once(socket, 'close');
	assert.equal(await worker.exitCode, 0);
	await closed;
});
