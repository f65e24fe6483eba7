import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {subscribe, unsubscribe} from 'node:diagnostics_channel';
import {once} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import {type AddressInfo} from 'node:net';
import {test} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import {createHttp} from '../../../source/services/network/create-http.js';

const never = new AbortController().signal;

async function start(answer: RequestListener): Promise<AsyncDisposable & {readonly url: URL}> {
	const server = createServer(answer);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {
		url: new URL(`http://127.0.0.1:${port}/`),
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

test('hands over every byte in order, one piece at a time, and waits where it is asked to', async () => {
	await using server = await start((_, response) => {
		response.end('0123456789'.repeat(200_000));
	});
	const http = createHttp({environment: () => ({})});
	const {drain} = await http.request({url: server.url, signal: never});
	const pieces: Uint8Array[] = [];
	let atOnce = 0;
	let most = 0;
	await drain(async piece => {
		pieces.push(piece);
		atOnce++;
		most = Math.max(most, atOnce);
		return (async () => {
			await turn();
			atOnce--;
		})();
	});
	await http.close();
	assert.equal(Buffer.concat(pieces).toString(), '0123456789'.repeat(200_000));
	assert.equal(most, 1);
	assert.ok(pieces.length > 1);
});

test('is done only when the last piece has been dealt with', async () => {
	await using server = await start((_, response) => {
		response.end('all of it');
	});
	const http = createHttp({environment: () => ({})});
	const {drain} = await http.request({url: server.url, signal: never});
	let isDealtWith = false;
	await drain(async () => {
		// Long enough for the end of the body to be told.
		for (let turns = 0; turns < 20; turns++) {
			// eslint-disable-next-line no-await-in-loop -- one after the other
			await turn();
		}

		isDealtWith = true;
	});
	await http.close();
	assert.ok(isDealtWith);
});

test('what the taker throws ends the connection and is thrown', async () => {
	let closed: Promise<unknown> | undefined;
	await using server = await start((_, response) => {
		closed = once(response, 'close');
		response.write('some');
	});
	const http = createHttp({environment: () => ({})});
	const {drain} = await http.request({url: server.url, signal: never});
	await assert.rejects(drain(() => {
		throw new RangeError('full');
	}), /full/v);
	await closed;
	const second = await http.request({url: server.url, signal: never});
	await assert.rejects(second.drain(async () => {
		throw new RangeError('full again');
	}), /full again/v);
	await http.close();
});

test('a broken connection is a NetworkError, an abort the signal\'s reason', async () => {
	await using server = await start((request, response) => {
		response.writeHead(200, {'content-length': 1000});
		response.write('some', () => {
			if (request.url === '/broken') {
				response.destroy();
			}
		});
	});
	const http = createHttp({environment: () => ({})});
	const broken = await http.request({url: new URL('/broken', server.url), signal: never});
	await assert.rejects(broken.drain(() => undefined), {name: 'NetworkError', code: 'connection_lost'});
	const controller = new AbortController();
	const open = await http.request({url: server.url, signal: controller.signal});
	await assert.rejects(open.drain(() => {
		controller.abort(new Error('enough'));
		return undefined;
	}), /enough/v);
	await http.close();
});

test('a body that broke off before anybody took it says so, an aborted one as well', async () => {
	const {promise: broken, resolve} = Promise.withResolvers<void>();
	const tellBroken = () => {
		resolve();
	};

	await using server = await start((request, response) => {
		response.writeHead(200, {'content-length': 1000});
		response.write('some', () => {
			if (request.url === '/broken') {
				response.destroy();
			}
		});
	});
	// Undici tells that a request broke off, whether anybody reads its body or not.
	subscribe('undici:request:error', tellBroken);
	const http = createHttp({environment: () => ({})});
	const first = await http.request({url: new URL('/broken', server.url), signal: never});
	await broken;
	unsubscribe('undici:request:error', tellBroken);
	await assert.rejects(first.drain(() => undefined), {name: 'NetworkError', code: 'connection_lost'});
	const controller = new AbortController();
	const second = await http.request({url: server.url, signal: controller.signal});
	controller.abort(new Error('enough'));
	await turn();
	await assert.rejects(second.drain(() => undefined), /enough/v);
	await http.close();
});

test('the last piece has been dealt with when the failure of the connection is told', async () => {
	const {promise: broken, resolve: tellBroken} = Promise.withResolvers<void>();
	await using server = await start((_, response) => {
		response.writeHead(200, {'content-length': 1000});
		response.once('close', () => {
			tellBroken();
		});
		response.write('some', () => {
			response.destroy();
		});
	});
	const http = createHttp({environment: () => ({})});
	const {drain} = await http.request({url: server.url, signal: never});
	let isDealtWith = false;
	const draining = drain(async () => (async () => {
		await broken;
		await turn();
		isDealtWith = true;
	})());
	await assert.rejects(draining, {code: 'connection_lost'});
	await http.close();
	assert.equal(isDealtWith, true);
});
