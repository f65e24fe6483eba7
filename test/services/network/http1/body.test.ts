import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {test} from 'node:test';
import {setImmediate as turn, setTimeout as wait} from 'node:timers/promises';
import {createHttp} from '../../../../source/services/network/create-http.js';
import {type Http, type HttpResponse} from '../../../../source/services/network/http.js';
import {authorityFile} from '../../../helpers/network/secure-server.js';
import {until} from '../../../helpers/processes.js';
import {createRandom} from '../../../helpers/random.js';
import {rawServer} from './raw-server.js';

// A piece is its taker's until the promise that it gave resolves, whatever comes in meanwhile: over TLS much does.

const {signal} = new AbortController();

function client(): Http & AsyncDisposable {
	const http = createHttp({environment: () => ({}), caCertificates: () => authorityFile});
	return {request: async options => http.request({...options, isBulk: true}), close: http.close, [Symbol.asyncDispose]: http.close};
}

/**
Every four bytes say where they belong.
*/
function numbered(length: number): Uint8Array<ArrayBuffer> {
	const bytes = Buffer.alloc(length);
	for (let position = 0; position < length; position += 4) {
		bytes.writeUInt32LE(position, position);
	}

	return bytes;
}

type Pause = () => Promise<unknown> | undefined;

/**
Reads every byte of a piece only after the wait, as a disk does that is handed the memory.
*/
async function drainedSlowly({drain}: HttpResponse, pause: Pause): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	let atOnce = 0;
	const keepAfter = async (pausing: Promise<unknown>, piece: Uint8Array) => {
		atOnce++;
		await pausing;
		pieces.push(Uint8Array.from(piece));
		atOnce--;
	};

	// eslint-disable-next-line @typescript-eslint/promise-function-async -- not always a promise
	await drain(piece => {
		assert.equal(atOnce, 0, 'The next piece came before the one before it was dealt with.');
		const pausing = pause();
		if (pausing !== undefined) {
			return keepAfter(pausing, piece);
		}

		pieces.push(Uint8Array.from(piece));
		return undefined;
	});
	return Buffer.concat(pieces);
}

/**
Where two bodies are not the same.
*/
function differenceOf(actual: Uint8Array, expected: Uint8Array): string | undefined {
	if (actual.length !== expected.length) {
		return `${actual.length} bytes in place of ${expected.length}`;
	}

	const wrong = actual.findIndex((byte, index) => byte !== expected[index]);
	return wrong === -1 ? undefined : `byte ${wrong}`;
}

function answer(body: Uint8Array, {delimiter, random = () => 1}: {readonly delimiter: 'length' | 'chunks' | 'close'; readonly random?: () => number}): Uint8Array<ArrayBuffer> {
	if (delimiter === 'length') {
		return Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`), body]);
	}

	if (delimiter === 'close') {
		return Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), body]);
	}

	const parts: Uint8Array[] = [Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')];
	for (let position = 0; position < body.length;) {
		const chunk = body.subarray(position, position + 1 + Math.floor(random() * 60_000));
		parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
		position += chunk.length;
	}

	parts.push(Buffer.from('0\r\n\r\n'));
	return Buffer.concat(parts);
}

/**
In pieces as a line may cut them, so that they fall together with no border of anything.
*/
async function sendInPieces(socket: Socket, bytes: Uint8Array, random: () => number): Promise<void> {
	for (let position = 0; position < bytes.length;) {
		const end = position + 1 + Math.floor((random() ** 4) * 300_000);
		socket.write(bytes.subarray(position, end));
		position = end;
		if (random() < 0.3) {
			await turn(); // eslint-disable-line no-await-in-loop -- in pieces
		}
	}
}

for (const isSecure of [false, true]) {
	const way = isSecure ? 'over TLS' : 'plain';

	for (const delimiter of ['length', 'chunks'] as const) {
		test(`a body by its ${delimiter}, ${way}, is right where every piece waits, over one connection and over several`, async () => {
			const random = createRandom(11);
			const body = numbered(4_000_000);
			await using server = await rawServer(socket => {
				void sendInPieces(socket, answer(body, {delimiter, random}), random);
			}, {isSecure});
			await using http = client();
			const read = async (pause: Pause) => differenceOf(await drainedSlowly(await http.request({url: server.url, signal}), pause), body);
			assert.equal(await read(turn), undefined);
			assert.equal(await read(async () => undefined), undefined);
			assert.equal(await read(async () => wait(random() * 3)), undefined);
			assert.equal(server.connectionsSoFar(), 1);
			// eslint-disable-next-line @typescript-eslint/promise-function-async -- not always a promise
			const sometimes = () => random() < 0.5 ? undefined : wait(random() * 3);
			assert.deepEqual(await Promise.all([sometimes, sometimes, sometimes, sometimes].map(async pause => read(pause))), Array.from({length: 4}));
			assert.equal(server.connectionsSoFar(), 4);
		});
	}

	for (const delimiter of ['length', 'chunks', 'close'] as const) {
		test(`a body by its ${delimiter}, ${way}, is whole where the server closes right behind it and its taker is slow`, async () => {
			const body = numbered(100_000);
			await using server = await rawServer(socket => {
				socket.end(answer(body, {delimiter}));
			}, {isSecure});
			await using http = client();
			const read = async () => differenceOf(await drainedSlowly(await http.request({url: server.url, signal}), async () => wait(5)), body);
			assert.deepEqual(await Promise.all(Array.from({length: 8}, read)), Array.from({length: 8}));
		});
	}

	test(`nothing is lost, ${way}, between the head of an answer and the moment when its body is asked for`, async () => {
		const body = numbered(400_000);
		await using server = await rawServer(socket => {
			socket.write(answer(body, {delimiter: 'length'}));
		}, {isSecure});
		await using http = client();
		const response = await http.request({url: server.url, signal: AbortSignal.timeout(5000)});
		await wait(20);
		assert.equal(differenceOf(await drainedSlowly(response, () => undefined), body), undefined);
	});

	test(`what the taker of a body throws after a wait, ${way}, is thrown, and ends the connection`, async () => {
		await using server = await rawServer(socket => {
			socket.write(answer(numbered(400_000), {delimiter: 'length'}));
		}, {isSecure});
		await using http = client();
		const response = await http.request({url: server.url, signal});
		let pieces = 0;
		await assert.rejects(response.drain(async () => {
			pieces++;
			await wait(5);
			throw new RangeError('full');
		}), {name: 'RangeError', message: 'full'});
		await until(() => server.connections() === 0);
		assert.equal(pieces, 1);
	});

	test(`aborting while a piece is dealt with, ${way}, waits for it, and no other comes`, async () => {
		const reason = new Error('enough');
		await using server = await rawServer(socket => {
			socket.write(answer(numbered(400_000), {delimiter: 'length'}));
		}, {isSecure});
		await using http = client();
		const aborter = new AbortController();
		const response = await http.request({url: server.url, signal: aborter.signal});
		let pieces = 0;
		let isDealtWith = false;
		await assert.rejects(response.drain(async () => {
			pieces++;
			aborter.abort(reason);
			await wait(5);
			isDealtWith = true;
		}), reason);
		assert.ok(isDealtWith);
		assert.equal(pieces, 1);
		await until(() => server.connections() === 0);
	});

	test(`a body that breaks off, ${way}, is lost, behind what came of it`, async () => {
		const body = numbered(100_000);
		await using server = await rawServer(socket => {
			socket.end(answer(body, {delimiter: 'length'}).subarray(0, 60_000));
		}, {isSecure});
		await using http = client();
		const response = await http.request({url: server.url, signal});
		let bytes = 0;
		await assert.rejects(response.drain(async piece => {
			await wait(5);
			bytes += piece.length;
		}), {code: 'connection_lost'});
		assert.ok(bytes > 59_000, `${bytes} bytes came`);
	});
}
