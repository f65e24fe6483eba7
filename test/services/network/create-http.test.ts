import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import {
	createServer as createTcpServer,
	type AddressInfo,
	type Server,
	type Socket,
} from 'node:net';
import {test} from 'node:test';
import {createHttp} from '../../../source/services/network/create-http.js';
import {type Http} from '../../../source/services/network/http.js';
import {readText} from '../../../source/services/network/read-body.js';

const {signal} = new AbortController();

async function listen(server: Server): Promise<AsyncDisposable & {readonly url: URL}> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const sockets = new Set<Socket>();
	server.on('connection', socket => {
		sockets.add(socket);
	});
	return {
		url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
		async [Symbol.asyncDispose]() {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) {
				socket.destroy();
			}

			await closed;
		},
	};
}

async function serve(listener: RequestListener): ReturnType<typeof listen> {
	return listen(createServer(listener));
}

function client(environment: Readonly<Record<string, string>> = {}): Http & AsyncDisposable {
	const http = createHttp({environment: () => environment, userAgent: 'remuda/test'});
	return {...http, [Symbol.asyncDispose]: http.close};
}

test('a request carries its headers, and the answer its status, headers and body', async () => {
	await using server = await serve((request, response) => {
		response.writeHead(201, {'x-one': 'a', 'set-cookie': ['b', 'c']});
		response.end(JSON.stringify(request.headers));
	});
	await using http = client();
	const response = await http.request({url: server.url, headers: {'x-two': 'd'}, signal});
	assert.equal(response.status, 201);
	assert.equal(response.headers['x-one'], 'a');
	assert.equal(response.headers['set-cookie'], 'b, c');
	const headers = JSON.parse(await readText(response, 10_000)) as Record<string, string>;
	assert.equal(headers['x-two'], 'd');
	assert.equal(headers['user-agent'], 'remuda/test');
	assert.equal(headers['accept-encoding'], 'identity');
	assert.equal(headers.authorization, undefined);
});

test('a token goes to its own origin and nowhere else', async () => {
	await using server = await serve((request, response) => {
		response.end(request.headers.authorization ?? 'none');
	});
	await using http = client();
	const ask = async (origin: string) => readText(await http.request({url: server.url, token: {value: 'hf_secret', origin}, signal}), 100);
	assert.equal(await ask(server.url.origin), 'Bearer hf_secret');
	assert.equal(await ask('https://huggingface.co'), 'none');
	assert.equal(await ask(server.url.origin.replace('127.0.0.1', 'localhost')), 'none');
});

test('user and password in an address do not become a header', async () => {
	await using server = await serve((request, response) => {
		response.end(request.headers.authorization ?? 'none');
	});
	await using http = client();
	const url = new URL(server.url);
	url.username = 'user';
	url.password = 'secret';
	assert.equal(await readText(await http.request({url, signal}), 100), 'none');
});

test('a redirect is an answer, not followed', async () => {
	let requests = 0;
	await using server = await serve((_request, response) => {
		requests++;
		response.writeHead(302, {location: '/elsewhere'});
		response.end();
	});
	await using http = client();
	const response = await http.request({url: server.url, signal});
	await response.discard();
	assert.equal(response.status, 302);
	assert.equal(response.headers.location, '/elsewhere');
	assert.equal(requests, 1);
});

for (const [scheme, host] of [['http', 'huggingface.co'], ['http', '127.0.0.1.example.com'], ['http', '10.0.0.1'], ['ftp', '127.0.0.1']] as const) {
	test(`${scheme} to ${host} is refused`, async () => {
		await using http = client();
		await assert.rejects(http.request({url: new URL(`${scheme}://${host}/`), signal}), {code: 'insecure_url', exitCode: 4});
	});
}

test('loopback is asked directly though proxies are set', async () => {
	await using server = await serve((_request, response) => {
		response.end('direct');
	});
	await using http = client({HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1'});
	assert.equal(await readText(await http.request({url: server.url, signal}), 100), 'direct');
});

test('other hosts are asked through HTTPS_PROXY, and its refusal is told as such', async () => {
	const asked: string[] = [];
	const proxy = createServer();
	proxy.on('connect', (request, socket) => {
		asked.push(request.url ?? '');
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});
	await using server = await listen(proxy);
	await using http = client({https_proxy: server.url.href});
	await assert.rejects(http.request({url: new URL('https://hub.invalid/path?secret'), signal}), {code: 'proxy_failed', message: /^(?!.*secret).*hub\.invalid/v});
	assert.deepEqual(asked, ['hub.invalid:443']);
});

test('NO_PROXY is obeyed', async () => {
	let connections = 0;
	const proxy = createServer();
	proxy.on('connect', (_request, socket) => {
		connections++;
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});
	await using server = await listen(proxy);
	await using http = client({HTTPS_PROXY: server.url.href, NO_PROXY: 'hub.invalid'});
	await assert.rejects(http.request({url: new URL('https://hub.invalid/'), signal}), {name: 'NetworkError'});
	assert.equal(connections, 0);
});

test('an invalid proxy address is an error that does not show it, since it may hold a password', async () => {
	await using http = client({HTTPS_PROXY: 'nonsense secret'});
	await assert.rejects(http.request({url: new URL('https://hub.invalid/'), signal}), {code: 'invalid_proxy', message: /^(?!.*secret)/v});
});

test('a refused connection is offline', async () => {
	let url: URL;
	{
		await using server = await serve(() => undefined);
		url = server.url;
	}

	await using http = client();
	await assert.rejects(http.request({url: new URL('/path?secret', url), signal}), {code: 'offline', exitCode: 4, message: /^(?!.*secret).*127\.0\.0\.1/v});
});

test('a connection that ends in the middle of the body is lost', async () => {
	await using server = await serve((_request, response) => {
		response.writeHead(200, {'content-length': 1000});
		response.write('beginning', () => {
			response.socket?.end();
		});
	});
	await using http = client();
	const response = await http.request({url: server.url, signal});
	await assert.rejects(readText(response, 10_000), {code: 'connection_lost'});
});

test('what is not answered because its connection is lost is asked once more, unless that could do something twice', async () => {
	let asked = 0;
	let answersAt = 2;
	await using server = await serve((request, response) => {
		asked++;
		if (asked < answersAt) {
			request.socket.destroy();
		} else {
			response.end('here');
		}
	});
	await using http = client();
	const ask = async (options: Partial<Parameters<Http['request']>[0]> = {}) => {
		asked = 0;
		return http.request({url: server.url, signal, ...options});
	};

	assert.equal(await readText(await ask(), 100), 'here');
	await assert.rejects(ask({method: 'POST', body: '{}'}), {code: 'connection_lost'});
	assert.equal(asked, 1);
	await assert.rejects(ask({isBulk: true}), {code: 'connection_lost'});
	assert.equal(asked, 1);
	const head = await ask({method: 'HEAD'});
	assert.equal(head.status, 200);
	answersAt = 3;
	await assert.rejects(ask(), {code: 'connection_lost'});
	assert.equal(asked, 2);
});

test('a kept connection that the server closes at the next request is no error', async () => {
	const sockets = new Set<unknown>();
	await using server = await serve((request, response) => {
		if (sockets.has(request.socket)) {
			request.socket.destroy();
		} else {
			sockets.add(request.socket);
			response.end('here');
		}
	});
	await using http = client();
	const answers = [];
	for (let count = 0; count < 2; count++) {
		answers.push(await readText(await http.request({url: server.url, signal}), 100)); // eslint-disable-line no-await-in-loop -- one after the other
	}

	assert.deepEqual(answers, ['here', 'here']);
	assert.equal(sockets.size, 2);
});

test('what is aborted while its connection is lost is not asked again', async () => {
	let asked = 0;
	const controller = new AbortController();
	const reason = new Error('enough');
	await using server = await serve(request => {
		asked++;
		controller.abort(reason);
		request.socket.destroy();
	});
	await using http = client();
	await assert.rejects(http.request({url: server.url, signal: controller.signal}), reason);
	assert.equal(asked, 1);
});

test('a body that stalls times out', async () => {
	await using server = await serve((_request, response) => {
		response.writeHead(200, {'content-length': 1000});
		response.write('beginning');
	});
	await using http = client();
	const response = await http.request({url: server.url, bodyTimeout: 50, signal});
	await assert.rejects(readText(response, 10_000), {code: 'timeout'});
});

test('a server that does not speak TLS fails the check of its identity', async () => {
	await using server = await serve(() => undefined);
	await using http = client();
	const url = new URL(server.url.href.replace('http:', 'https:'));
	await assert.rejects(http.request({url, signal}), {code: 'tls_failed'});
});

test('a server that does not speak HTTP is an unexpected reply', async () => {
	await using server = await listen(createTcpServer(socket => {
		socket.on('error', () => undefined);
		socket.end('SSH-2.0-OpenSSH_9.9\r\n');
	}));
	await using http = client();
	await assert.rejects(http.request({url: server.url, signal}), {code: 'unexpected_reply'});
});

test('aborting rejects with its reason: before, while waiting for headers, and in the body', async () => {
	await using server = await serve((request, response) => {
		if (request.url === '/body') {
			response.writeHead(200, {'content-length': 1000});
			response.write('beginning');
		}

		waiting?.();
	});
	let waiting: (() => void) | undefined;
	await using http = client();
	const reason = new Error('enough');
	await assert.rejects(http.request({url: server.url, signal: AbortSignal.abort(reason)}), reason);

	const headers = new AbortController();
	waiting = () => {
		headers.abort(reason);
	};

	await assert.rejects(http.request({url: server.url, signal: headers.signal}), reason);
	waiting = undefined;

	const body = new AbortController();
	const response = await http.request({url: new URL('/body', server.url), signal: body.signal});
	const reading = readText(response, 10_000);
	body.abort(reason);
	await assert.rejects(reading, reason);
});

test('a body that nobody reads does not bring the process down when it is aborted', async () => {
	await using server = await serve((_request, response) => {
		response.writeHead(200, {'content-length': 1000});
		response.write('beginning');
	});
	await using http = client();
	const controller = new AbortController();
	const {status} = await http.request({url: server.url, signal: controller.signal});
	controller.abort();
	await http.close();
	assert.equal(status, 200);
});
