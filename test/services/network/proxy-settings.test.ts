import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseProxy, readProxySettings} from '../../../source/services/network/proxy-settings.js';

function settingsOf(...variables: ReadonlyArray<readonly [name: string, value: string]>): ReturnType<typeof readProxySettings> {
	return readProxySettings(Object.fromEntries(variables));
}

test('without any variable there is no proxy', () => {
	assert.deepEqual(settingsOf(), {noProxy: ''});
	assert.deepEqual(settingsOf(['HTTPS_PROXY', ''], ['https_proxy', ' ']), {noProxy: ''});
});

test('the variable for https goes before that for all, and lower case before upper', () => {
	const https = ['HTTPS_PROXY', 'http://https'] as const;
	const all = ['ALL_PROXY', 'http://all'] as const;
	const http = ['HTTP_PROXY', 'http://http'] as const;
	assert.equal(settingsOf(http, all, https).proxy, 'http://https');
	assert.equal(settingsOf(http, all).proxy, 'http://all');
	assert.equal(settingsOf(http).proxy, 'http://http');
	assert.equal(settingsOf(https, ['https_proxy', 'http://lower']).proxy, 'http://lower');
	assert.equal(settingsOf(https, ['https_proxy', '']).proxy, 'http://https');
	assert.equal(settingsOf(['all_proxy', 'http://lower'], all).proxy, 'http://lower');
	assert.equal(settingsOf(['NO_PROXY', 'a'], ['no_proxy', 'b']).noProxy, 'b');
});

const addresses: ReadonlyArray<readonly [text: string, href: string]> = [
	['http://127.0.0.1:3128', 'http://127.0.0.1:3128/'],
	['127.0.0.1:3128', 'http://127.0.0.1:3128/'],
	['https://proxy.example', 'https://proxy.example/'],
	['socks5://127.0.0.1:1080', 'socks5://127.0.0.1:1080'],
	['SOCKS5H://127.0.0.1:1080', 'socks5://127.0.0.1:1080'],
];

for (const [text, href] of addresses) {
	test(`${text} is the proxy ${href}`, () => {
		assert.equal(parseProxy(text).href, href);
	});
}

for (const text of ['nonsense secret', 'ftp://user:secret@proxy.example', 'socks4://secret', 'http://', '://secret']) {
	test(`${text} is no proxy, which is said without showing it`, () => {
		assert.throws(() => parseProxy(text), {code: 'invalid_proxy', message: /^(?!.*secret)/v});
	});
}
