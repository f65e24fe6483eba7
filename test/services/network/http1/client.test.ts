import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {getEventListeners} from 'node:events';
import {type Socket} from 'node:net';
import process from 'node:process';
import {test} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import {createHttp} from '../../../../source/services/network/create-http.js';
import {type Http, type HttpResponse} from '../../../../source/services/network/http.js';
import {readText} from '../../../../source/services/network/read-body.js';
import {authorityFile, secureServer} from '../../../helpers/network/secure-server.js';
import {connectProxy} from '../../../helpers/network/proxies.js';
import {until} from '../../../helpers/processes.js';
import {rawServer} from './raw-server.js';

const {signal} = new AbortController();

function client(environment: Readonly<Record<string, string>> = {}): Http & AsyncDisposable {
	const http = createHttp({environment: () => environment, caCertificates: () => authorityFile, userAgent: 'remuda/test'});
	return {request: async options => http.request({...options, isBulk: true}), close: http.close, [Symbol.asyncDispose]: http.close};
}

async function drained(response: HttpResponse): Promise<string> {
	const pieces: Uint8Array[] = [];
	await response.drain(piece => {
		pieces.push(Uint8Array.from(piece));
		return undefined;
	});
	return Buffer.concat(pieces).toString('latin1');
}

const rightAnswers: ReadonlyArray<readonly [name: string, answer: string, body: string, isKept: boolean]> = [
	['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello', true],
	['a length of nothing', 'HTTP/1.1 206\r\ncontent-length:0\r\n\r\n', '', true],
	['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3;a="b"\r\nhel\r\n02\r\nlo\r\n0\r\nX-Sum: 1\r\n\r\n', 'hello', true],
	['an interim answer before it', 'HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello', true],
	['no content', 'HTTP/1.1 204 No Content\r\n\r\n', '', true],
	['a length, and a connection that ends', 'HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 5\r\n\r\nhello', 'hello', false],
	['a length in HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello', false],
];

for (const [name, answer, body, isKept] of rightAnswers) {
	for (const [how, parts] of [['at once', [answer]], ['byte by byte', [...answer]]] as const) {
		test(`a body with ${name}, ${how}, and ${isKept ? 'the same' : 'another'} connection for the next`, async () => {
			await using server = await rawServer(socket => {
				void (async () => {
					for (const part of parts) {
						socket.write(part, 'latin1');
						await turn(); // eslint-disable-line no-await-in-loop -- in pieces
					}
				})();
			});
			await using http = client();
			const bodies = [await drained(await http.request({url: server.url, signal})), await drained(await http.request({url: server.url, signal}))];
			assert.deepEqual(bodies, [body, body]);
			assert.equal(server.connectionsSoFar(), isKept ? 1 : 2);
		});
	}
}

test('a body that ends with its connection', async () => {
	await using server = await rawServer(socket => {
		socket.end('HTTP/1.1 200 OK\r\n\r\nhello');
	});
	await using http = client();
	assert.equal(await drained(await http.request({url: server.url, signal})), 'hello');
});

const head = 'HTTP/1.1 200 OK\r\n';

// What could be read in two ways, is too much, or is no HTTP.
const wrongAnswers: ReadonlyArray<readonly [name: string, answer: string]> = [
	['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
	['another version', 'HTTP/2 200 OK\r\n\r\n'],
	['a status that is none', 'HTTP/1.1 20 OK\r\n\r\n'],
	['a protocol change', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
	['a space before a colon', `${head}Content-Length : 5\r\n\r\nhello`],
	['a folded header', `${head}X-One: a\r\n b\r\nContent-Length: 5\r\n\r\nhello`],
	['a header without a name', `${head}: 5\r\nContent-Length: 5\r\n\r\nhello`],
	['a line feed in a header', `${head}X-One: a\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nhello`],
	['a lone carriage return', `${head}X-One: a\rb\r\nContent-Length: 5\r\n\r\nhello`],
	['a zero byte', `${head}X-One: a\0b\r\nContent-Length: 5\r\n\r\nhello`],
	['two lengths', `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`],
	['the same length twice', `${head}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`],
	['a list of lengths', `${head}Content-Length: 5, 5\r\n\r\nhello`],
	['a negative length', `${head}Content-Length: -5\r\n\r\nhello`],
	['a length with a sign', `${head}Content-Length: +5\r\n\r\nhello`],
	['a length beyond all numbers', `${head}Content-Length: 99999999999999999999\r\n\r\nhello`],
	['an empty length', `${head}Content-Length:\r\n\r\nhello`],
	['a length with a blank that is none', `${head}Content-Length: 5\u{A0}\r\n\r\nhello`],
	['a coding with a blank that is none', `${head}Transfer-Encoding: chunked\u{A0}\r\n\r\n0\r\n\r\n`],
	['a header without a colon', `${head}X-One\r\nContent-Length: 5\r\n\r\nhello`],
	['a length and chunks', `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
	['an unknown coding', `${head}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
	['chunks twice', `${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
	['a head without an end', `${head}${`X-One: ${'a'.repeat(1000)}\r\n`.repeat(70)}`],
	['interim answers without an end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(3000)],
	['a chunk without a size', `${head}Transfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n`],
	['a chunk with a size that is none', `${head}Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n`],
	['a chunk with a size beyond all numbers', `${head}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n`],
	['a chunk that is longer than it says', `${head}Transfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n`],
	['a chunk line that ends in a line feed alone', `${head}Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n`],
	['a chunk line without an end', `${head}Transfer-Encoding: chunked\r\n\r\n5;${'a'.repeat(10_000)}`],
	['trailers without an end', `${head}Transfer-Encoding: chunked\r\n\r\n0\r\n${`X-One: ${'a'.repeat(1000)}\r\n`.repeat(70)}`],
	['a body longer than its length', `${head}Content-Length: 5\r\n\r\nhello!`],
	['a second answer behind the first', `${head}Content-Length: 5\r\n\r\nhello${head}Content-Length: 4\r\n\r\nevil`],
	['a second answer behind chunks', `${head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${head}\r\n`],
	['a second answer behind no content', `HTTP/1.1 204 No Content\r\n\r\n${head}Content-Length: 0\r\n\r\n`],
];

for (const [name, answer] of wrongAnswers) {
	test(`${name} is an unexpected reply, and ends the connection`, async () => {
		await using server = await rawServer(socket => {
			socket.write(answer, 'latin1');
		});
		await using http = client();
		const answered = async () => drained(await http.request({url: server.url, signal}));
		await assert.rejects(answered, {code: 'unexpected_reply', exitCode: 4, message: /does not speak HTTP/v});
		await until(() => server.connections() === 0);
	});
}

test('no answer keeps the program busy for longer than it takes to come in', async () => {
	const slow = ['\0', 'a\0', '\u{A0}'].flatMap(end => [' ', '\t ', ':', 'a '].map(text => `${head}X-One:${text.repeat(16_000 / text.length)}${end}\r\n\r\n`));
	await using server = await rawServer((socket, number) => {
		socket.end(slow[number] ?? '', 'latin1');
	});
	await using http = client();
	const before = process.cpuUsage();
	for (const _ of slow) {
		await http.request({url: server.url, signal}).then(async response => response.discard()).catch(() => undefined); // eslint-disable-line no-await-in-loop -- one after the other
	}

	const {user} = process.cpuUsage(before);
	assert.equal(server.requests.length, slow.length);
	assert.ok(user < 500_000, `${user} µs`);
});

test('what a server sends behind an answer, unasked, closes the connection before the next request', async () => {
	await using server = await rawServer((socket, number) => {
		socket.write(`${head}Content-Length: 5\r\n\r\nhello`);
		if (number === 0) {
			setImmediate(() => {
				socket.write(`${head}Content-Length: 4\r\n\r\nevil`);
			});
		}
	});
	await using http = client();
	const first = await http.request({url: server.url, signal});
	await drained(first).catch(() => undefined);
	await until(() => server.connections() === 0);
	assert.equal(await drained(await http.request({url: server.url, signal})), 'hello');
	assert.equal(server.connectionsSoFar(), 2);
});

const cutAnswers = ['', 'HTTP/1.1 200', `${head}Content-Length: 5\r\n\r\nhell`, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`];

for (const answer of cutAnswers) {
	test(`a connection that ends after ${answer.length} bytes of an answer is lost`, async () => {
		await using server = await rawServer(socket => {
			socket.end(answer);
		});
		await using http = client();
		await assert.rejects(async () => drained(await http.request({url: server.url, signal})), {code: 'connection_lost'});
	});
}

test('a header from elsewhere does not become two', async () => {
	await using server = await rawServer(socket => {
		socket.write(`${head}Content-Length: 0\r\n\r\n`);
	});
	await using http = client();
	await assert.rejects(http.request({url: server.url, headers: {'if-range': '"a"\r\nx-evil: 1'}, signal}), TypeError);
	const {discard} = await http.request({url: server.url, headers: {'if-range': '"b"'}, signal});
	await discard();
	assert.equal(server.requests.length, 1);
	assert.match(server.requests[0]!, /"b"/v);
});

test('the request says what it has to, and nothing of user and password', async () => {
	await using server = await rawServer(socket => {
		socket.write(`${head}Content-Length: 0\r\n\r\n`);
	});
	await using http = client();
	const url = new URL(server.url);
	url.username = 'user';
	url.password = 'secret';
	const token = {value: 'hf_x', origin: 'https://huggingface.co'};
	const headers = {range: 'bytes=0-4'};
	const answer = await http.request({
		url, headers, token, signal,
	});
	await answer.discard();
	assert.equal(server.requests[0], `GET /file?part=1 HTTP/1.1\r\nhost: ${server.url.host}\r\nconnection: keep-alive\r\naccept-encoding: identity\r\nuser-agent: remuda/test\r\nrange: bytes=0-4\r\n\r\n`);
});

test('the next piece of a body waits for as long as its taker asks for', async () => {
	await using server = await rawServer(socket => {
		socket.write(`${head}Content-Length: 2000000\r\n\r\n${'0123456789'.repeat(200_000)}`);
	});
	await using http = client();
	const pieces: Uint8Array[] = [];
	let atOnce = 0;
	let most = 0;
	const {drain} = await http.request({url: server.url, signal});
	await drain(async piece => {
		atOnce++;
		most = Math.max(most, atOnce);
		await turn();
		// The memory of a piece is its taker's for as long as that takes.
		pieces.push(Uint8Array.from(piece));
		atOnce--;
	});
	assert.equal(Buffer.concat(pieces).toString('latin1'), '0123456789'.repeat(200_000));
	assert.equal(most, 1);
});

const failures: ReadonlyArray<readonly [name: string, take: () => Promise<void> | undefined]> = [
	['at once', () => {
		throw new RangeError('full');
	}],
	['later', async () => {
		await turn();
		throw new RangeError('full');
	}],
];

for (const [name, take] of failures) {
	test(`what the taker of a body throws ${name} is thrown, and ends the connection`, async () => {
		await using server = await rawServer(socket => {
			socket.write(`${head}Content-Length: 5\r\n\r\nhello`);
		});
		await using http = client();
		const {drain} = await http.request({url: server.url, signal});
		await assert.rejects(drain(take), {name: 'RangeError', message: 'full'});
		await until(() => server.connections() === 0);
	});
}

test('a body can be read as any other, and what is left of it may be thrown away', async () => {
	await using server = await rawServer(socket => {
		socket.write('HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n');
	});
	await using http = client();
	const response = await http.request({url: server.url, signal});
	assert.equal(response.status, 404);
	assert.equal(await readText(response, 100), 'hello');
	// As whoever does not know that it was read.
	await response.discard();
	const other = await http.request({url: server.url, signal});
	await other.discard();
	await assert.rejects(readText(await http.request({url: server.url, signal}), 2), {code: 'reply_too_large'});
	assert.equal(server.connectionsSoFar(), 1);
});

test('aborting rejects with its reason: before, while waiting for the head, and in the body', async () => {
	const reason = new Error('enough');
	await using server = await rawServer(socket => {
		socket.write(`${head}Content-Length: 5\r\n\r\nhe`);
	});
	await using http = client();
	await assert.rejects(http.request({url: server.url, signal: AbortSignal.abort(reason)}), reason);
	const inBody = new AbortController();
	const {drain} = await http.request({url: server.url, signal: inBody.signal});
	const draining = drain(() => {
		inBody.abort(reason);
		return undefined;
	});
	await assert.rejects(draining, reason);
	const inHead = new AbortController();
	await using silent = await rawServer(() => {
		inHead.abort(reason);
	});
	await assert.rejects(http.request({url: silent.url, signal: inHead.signal}), reason);
	await until(() => server.connections() + silent.connections() === 0);
});

test('over TLS too: the authority of the config is trusted, no other, and HTTP/1.1 is agreed on', async () => {
	await using server = await secureServer((_request, response) => {
		response.end('0123456789'.repeat(50_000));
	});
	const url = new URL(`https://localhost:${server.port}`);
	await using http = client();
	const bodies = [await drained(await http.request({url, signal})), await drained(await http.request({url, signal}))];
	assert.deepEqual(bodies.map(({length}) => length), [500_000, 500_000]);
	assert.equal(server.connectionsSoFar(), 1);
	const stranger = createHttp({environment: () => ({})});
	await assert.rejects(stranger.request({url, isBulk: true, signal}), {code: 'tls_failed', hint: /network\.ca_certificates/v});
	await stranger.close();
});

test('where a proxy is in between, it is asked', async () => {
	await using server = await secureServer((request, response) => {
		response.end(`hello ${request.headers.host}`);
	});
	await using proxy = await connectProxy({'hub.invalid': server.port});
	await using http = client({HTTPS_PROXY: `http://localhost:${proxy.port}`});
	const url = new URL('https://hub.invalid/');
	assert.equal(await drained(await http.request({url, signal})), 'hello hub.invalid');
	assert.deepEqual(proxy.asked, ['hub.invalid:443']);
});

test('a server that nobody runs is offline', async () => {
	await using http = client();
	await assert.rejects(http.request({url: new URL('http://127.0.0.1:1/'), signal}), {code: 'offline'});
});

test('leaving a body early closes its connection, also where the server sends nothing more', async () => {
	await using server = await rawServer(socket => {
		socket.write(`${head}Content-Length: 50\r\n\r\nhello`);
	});
	await using http = client();
	await assert.rejects(readText(await http.request({url: server.url, signal}), 2), {code: 'reply_too_large'});
	await until(() => server.connections() === 0);
	const response = await http.request({url: server.url, signal});
	const draining = drained(response);
	await response.discard();
	await assert.rejects(draining, {code: 'connection_lost'});
	await until(() => server.connections() === 0);
});

test('a request on a connection that the server has closed meanwhile is asked again', async () => {
	await using server = await rawServer(socket => {
		socket.end(`${head}Content-Length: 5\r\n\r\nhello`);
	});
	await using http = client();
	const bodies: string[] = [];
	for (let count = 0; count < 50; count++) {
		bodies.push(await drained(await http.request({url: server.url, signal}))); // eslint-disable-line no-await-in-loop -- one after the other
	}

	assert.deepEqual(bodies, Array.from({length: 50}, () => 'hello'));
	// Not so the requests: a server that has only ended its own side still hears what it does not answer.
	assert.equal(server.connectionsSoFar(), 50);
});

test('a request is asked again once only, and not where its connection was new', async () => {
	await using server = await rawServer((socket, number) => {
		if (number === 0) {
			socket.write(`${head}Content-Length: 5\r\n\r\nhello`);
		} else {
			socket.destroy();
		}
	});
	await using http = client();
	await drained(await http.request({url: server.url, signal}));
	await assert.rejects(http.request({url: server.url, signal}), {code: 'connection_lost'});
	assert.equal(server.requests.length, 3);
	await assert.rejects(http.request({url: server.url, signal}), {code: 'connection_lost'});
	assert.equal(server.requests.length, 4);
});

test('the connection that was used last is used next', async () => {
	const sockets: Socket[] = [];
	await using server = await rawServer(socket => {
		sockets.push(socket);
		if (sockets.length !== 1) {
			socket.write(`${head}Content-Length: 5\r\n\r\nhello`);
		}
	});
	await using http = client();
	const first = http.request({url: server.url, signal});
	await until(() => sockets.length === 1);
	await drained(await http.request({url: server.url, signal}));
	sockets[0]!.write(`${head}Content-Length: 5\r\n\r\nhello`);
	await drained(await first);
	await drained(await http.request({url: server.url, signal}));
	assert.equal(server.connectionsSoFar(), 2);
	assert.equal(sockets[2], sockets[0]);
});

for (const isWhole of [true, false]) {
	test(`a signal that lives on does not hold a connection whose body ${isWhole ? 'is read' : 'is not wanted any more'}`, async () => {
		await using server = await rawServer(socket => {
			socket.write(`${head}Content-Length: 5\r\n\r\nhello`);
		});
		await using http = client();
		const long = new AbortController();
		const {drain} = await http.request({url: server.url, signal: long.signal});
		assert.equal(getEventListeners(long.signal, 'abort').length, 1);
		await drain(() => {
			if (!isWhole) {
				throw new RangeError('enough');
			}

			return undefined;
		}).catch(() => undefined);
		await until(() => getEventListeners(long.signal, 'abort').length === 0);
		assert.equal(server.connections(), isWhole ? 1 : 0);
	});
}

test('closing ends a body that would end with its connection as a lost one, and nothing is asked after it', async () => {
	await using server = await rawServer(socket => {
		socket.write('HTTP/1.1 200 OK\r\n\r\nhello');
	});
	await using http = client();
	const {drain} = await http.request({url: server.url, signal});
	const begun = Promise.withResolvers<void>();
	const draining = drain(() => {
		begun.resolve();
		return undefined;
	});
	await begun.promise;
	const asked = http.request({url: server.url, signal});
	await Promise.all([http.close(), assert.rejects(draining, {code: 'connection_lost'}), assert.rejects(asked, {code: 'connection_lost'})]);
	await assert.rejects(http.request({url: server.url, signal}), {code: 'connection_lost'});
	await until(() => server.connections() === 0);
	assert.equal(server.requests.length, 1);
});

test('a connection that the server keeps for too short a time is not used again', async () => {
	await using server = await rawServer(socket => {
		socket.write(`${head}Keep-Alive: timeout=1\r\nContent-Length: 5\r\n\r\nhello`);
	});
	await using http = client();
	await drained(await http.request({url: server.url, signal}));
	await until(() => server.connections() === 0);
	assert.equal(await drained(await http.request({url: server.url, signal})), 'hello');
	assert.equal(server.connectionsSoFar(), 2);
});

test('aborting ends a connection whose encryption is still being agreed on', async () => {
	const reason = new Error('enough');
	const aborter = new AbortController();
	await using server = await rawServer(() => {
		// What came is the beginning of a handshake, which nobody answers.
		aborter.abort(reason);
	});
	await using http = client();
	const url = new URL(server.url);
	url.protocol = 'https:';
	await assert.rejects(http.request({url, signal: aborter.signal}), reason);
	await until(() => server.connections() === 0);
	assert.equal(getEventListeners(aborter.signal, 'abort').length, 0);
});
