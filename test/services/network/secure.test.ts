import assert from 'node:assert/strict';
import {
	copyFile,
	readFile,
	rm,
	writeFile,
} from 'node:fs/promises';
import {type RequestListener} from 'node:http';
import {type TLSSocket} from 'node:tls';
import {test} from 'node:test';
import {createHttp} from '../../../source/services/network/create-http.js';
import {type Environment} from '../../../source/services/network/environment.js';
import {type Http} from '../../../source/services/network/http.js';
import {readText} from '../../../source/services/network/read-body.js';
import {connectProxy, socksProxy} from '../../helpers/network/proxies.js';
import {authorityFile, secureServer} from '../../helpers/network/secure-server.js';
import {until} from '../../helpers/processes.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const {signal} = new AbortController();

type Pair = readonly [name: string, value: string];

function client(environment: () => readonly Pair[], caCertificates: () => string | undefined = () => undefined): Http & AsyncDisposable {
	const http = createHttp({environment: (): Environment => Object.fromEntries(environment()), caCertificates});
	return {...http, [Symbol.asyncDispose]: http.close};
}

async function ask(http: Http, url: string): Promise<string> {
	return readText(await http.request({url: new URL(url), signal}), 1000);
}

const hello: RequestListener = (request, response) => {
	response.end(`hello ${request.headers.host} ${String((request.socket as TLSSocket).alpnProtocol)}`);
};

test('a certificate of an unknown authority is refused, with what to do', async () => {
	await using server = await secureServer(hello);
	await using http = client(() => []);
	await assert.rejects(ask(http, `https://localhost:${server.port}`), {code: 'tls_failed', exitCode: 4, hint: /network\.ca_certificates/v});
});

for (const name of ['network.ca_certificates', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']) {
	test(`the authority that ${name} names is trusted`, async () => {
		await using server = await secureServer(hello);
		await using http = name.startsWith('network') ? client(() => [], () => authorityFile) : client(() => [[name, authorityFile]]);
		assert.match(await ask(http, `https://localhost:${server.port}`), /^hello/v);
	});
}

test('a certificate for another name is refused, with what that may mean', async () => {
	await using server = await secureServer(hello);
	await using proxy = await connectProxy({'other.invalid': server.port});
	await using http = client(() => [['HTTPS_PROXY', `localhost:${proxy.port}`]], () => authorityFile);
	await assert.rejects(ask(http, 'https://other.invalid/'), {code: 'tls_failed', hint: /another server/v});
});

test('a tilde is the home', async () => {
	await using folder = await temporaryFolder();
	await copyFile(authorityFile, folder.join('ca.pem'));
	await using server = await secureServer(hello);
	await using http = client(() => [['HOME', folder.path]], () => '~/ca.pem');
	assert.match(await ask(http, `https://localhost:${server.port}`), /^hello/v);
});

test('a file that cannot be used is named, with the setting that names it', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('ca.pem');
	await using http = client(() => [['SSL_CERT_FILE', file]]);
	const failure = {message: new RegExp(file, 'v'), hint: /SSL_CERT_FILE/v, exitCode: 4};
	await assert.rejects(ask(http, 'https://localhost:1'), {...failure, code: 'ca_unreadable'});
	await writeFile(file, 'no certificate at all');
	await assert.rejects(ask(http, 'https://localhost:1'), {...failure, code: 'ca_invalid'});
	await writeFile(file, '-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n');
	await assert.rejects(ask(http, 'https://localhost:1'), {...failure, code: 'ca_invalid'});
	await rm(file);
	await assert.rejects(ask(http, 'https://localhost:1'), {...failure, code: 'ca_unreadable'});
});

test('a change of the file or of the setting counts from the next request on', async () => {
	await using folder = await temporaryFolder();
	const file = folder.join('ca.pem');
	await writeFile(file, '');
	await using server = await secureServer(hello);
	let configured: string | undefined;
	await using http = client(() => [], () => configured);
	const url = `https://localhost:${server.port}`;
	await assert.rejects(ask(http, url), {code: 'tls_failed'});
	configured = file;
	await assert.rejects(ask(http, url), {code: 'ca_invalid'});
	await writeFile(file, await readFile(authorityFile));
	assert.match(await ask(http, url), /^hello/v);
	configured = undefined;
	await assert.rejects(ask(http, url), {code: 'tls_failed'});
});

test('a request under way ends in peace when the settings change, and its connections are closed after it', async () => {
	let finish: (() => void) | undefined;
	await using server = await secureServer((request, response) => {
		if (request.url === '/slow') {
			response.write('begun ');
			finish = () => {
				response.end('done');
			};
		} else {
			response.end('quick');
		}
	});
	let environment: readonly Pair[] = [];
	await using http = client(() => environment, () => authorityFile);
	const slow = ask(http, `https://localhost:${server.port}/slow`);
	await until(() => finish !== undefined);
	environment = [['NO_PROXY', 'example.com']];
	assert.equal(await ask(http, `https://localhost:${server.port}`), 'quick');
	assert.equal(server.connections(), 2);
	finish?.();
	assert.equal(await slow, 'begun done');
	await until(() => server.connections() === 1);
	assert.equal(await ask(http, `https://localhost:${server.port}`), 'quick');
	assert.equal(server.connectionsSoFar(), 2);
});

test('many requests at once get a connection each, and none waits for another', async () => {
	const waiting: Array<() => void> = [];
	await using server = await secureServer((_request, response) => {
		waiting.push(() => {
			response.end('ok');
		});
	});
	await using http = client(() => [], () => authorityFile);
	const answers = Array.from({length: 32}, async () => ask(http, `https://localhost:${server.port}`));
	await until(() => waiting.length === 32);
	for (const release of waiting) {
		release();
	}

	assert.deepEqual(new Set(await Promise.all(answers)), new Set(['ok']));
});

const user = 'user:pass%20word';

for (const [kind, variable, isSecure] of [['http', 'HTTPS_PROXY', false], ['http', 'all_proxy', false], ['https', 'https_proxy', true]] as const) {
	test(`${variable} with a proxy by ${kind}: the way to another host, with user and password, and with HTTP/1.1 to its end`, async () => {
		await using server = await secureServer(hello);
		await using proxy = await connectProxy({'hub.invalid': server.port}, {isSecure, credentials: 'user:pass word'});
		await using http = client(() => [[variable, `${kind}://${user}@localhost:${proxy.port}`]], () => authorityFile);
		assert.equal(await ask(http, 'https://hub.invalid/'), 'hello hub.invalid http/1.1');
		assert.deepEqual(proxy.asked, ['hub.invalid:443 as user:pass word']);
	});
}

test('requests through a proxy do not wait for each other either', async () => {
	const waiting: Array<() => void> = [];
	await using server = await secureServer((_request, response) => {
		waiting.push(() => {
			response.end('ok');
		});
	});
	await using proxy = await connectProxy({'hub.invalid': server.port});
	await using http = client(() => [['HTTPS_PROXY', `localhost:${proxy.port}`]], () => authorityFile);
	const answers = Array.from({length: 16}, async () => ask(http, 'https://hub.invalid'));
	await until(() => waiting.length === 16);
	for (const release of waiting) {
		release();
	}

	assert.deepEqual(new Set(await Promise.all(answers)), new Set(['ok']));
});

for (const scheme of ['socks5', 'socks5h']) {
	test(`ALL_PROXY with ${scheme}: the proxy resolves the name`, async () => {
		await using server = await secureServer(hello);
		await using proxy = await socksProxy({'hub.invalid': server.port});
		await using http = client(() => [['ALL_PROXY', `${scheme}://127.0.0.1:${proxy.port}`]], () => authorityFile);
		assert.match(await ask(http, 'https://hub.invalid/'), /^hello hub\.invalid/v);
		assert.deepEqual(proxy.asked, ['hub.invalid:443']);
		await assert.rejects(ask(http, 'https://unknown.invalid/'), {code: 'proxy_failed'});
	});
}

test('a proxy that refuses, or is not there, is told without its password', async () => {
	await using proxy = await connectProxy({}, {credentials: 'user:right'});
	let address = `http://user:secret@localhost:${proxy.port}`;
	await using http = client(() => [['HTTPS_PROXY', address]]);
	const told = {exitCode: 4, message: /^(?!.*secret)/v, hint: /^(?!.*secret).*HTTPS_PROXY/v};
	await assert.rejects(ask(http, 'https://hub.invalid/'), {...told, code: 'proxy_failed'});
	address = 'http://user:secret@localhost:1';
	await assert.rejects(ask(http, 'https://hub.invalid/'), {...told, code: 'offline'});
});

test('a proxy that is set while the program runs is used from the next request on', async () => {
	await using server = await secureServer(hello);
	await using proxy = await connectProxy({'hub.invalid': server.port});
	let environment: readonly Pair[] = [];
	await using http = client(() => environment, () => authorityFile);
	await assert.rejects(ask(http, 'https://hub.invalid/'), {code: 'offline'});
	environment = [['HTTPS_PROXY', `http://localhost:${proxy.port}`]];
	assert.match(await ask(http, 'https://hub.invalid/'), /^hello/v);
	environment = [...environment, ['no_proxy', '.invalid']];
	await assert.rejects(ask(http, 'https://hub.invalid/'), {code: 'offline'});
});

const plain = 'http:';

for (const [location, what] of [[`${plain}//cdn.invalid/file`, 'plain http'], ['http://127.0.0.1:1/file', 'this machine'], ['https://localhost:1/file', 'this machine, by https even']] as const) {
	test(`a redirect from another host to ${what} is refused`, async () => {
		await using server = await secureServer((_request, response) => {
			response.writeHead(302, {location}).end();
		});
		await using proxy = await connectProxy({'hub.invalid': server.port});
		await using http = client(() => [['HTTPS_PROXY', `http://localhost:${proxy.port}`]], () => authorityFile);
		await assert.rejects(ask(http, 'https://hub.invalid/'), {code: 'insecure_url', exitCode: 4});
	});
}

for (const location of [`${plain}//127.0.0.1:1/file`, 'https://cdn.invalid/file']) {
	test(`a redirect of a server on this machine to ${location} is handed over`, async () => {
		await using server = await secureServer((_request, response) => {
			response.writeHead(302, {location}).end();
		});
		await using http = client(() => [], () => authorityFile);
		const response = await http.request({url: new URL(`https://localhost:${server.port}`), signal});
		await response.discard();
		assert.equal(response.headers.location, location);
	});
}

test('what is thrown away is not waited for', async () => {
	await using server = await secureServer((_request, response) => {
		response.writeHead(302, {location: '/', 'content-length': 1000});
		response.write('a page that never comes to its end');
	});
	await using http = client(() => [], () => authorityFile);
	const response = await http.request({url: new URL(`https://localhost:${server.port}`), bodyTimeout: 0, signal});
	await response.discard();
	await until(() => server.connections() === 0);
	assert.equal(response.status, 302);
});
