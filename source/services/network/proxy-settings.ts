import {NetworkError} from '../../errors/network-error.js';
import {type Environment} from './environment.js';

/**
How https leaves this machine; plain http never does.
*/
export type ProxySettings = {
	/**
	Undefined is the direct way. May hold user and password: never shown.
	*/
	readonly proxy?: string;
	/**
	Hosts that are asked directly, as NO_PROXY lists them.
	*/
	readonly noProxy: string;
};

/**
The proxy by the usual variables, the lower-case name before the other, as curl has it: HTTPS_PROXY, then ALL_PROXY; then HTTP_PROXY, because where only that is set there is seldom another way out.
*/
export function readProxySettings(environment: Environment): ProxySettings {
	const proxy = ['https_proxy', 'all_proxy', 'http_proxy'].map(name => valueOf(environment, name)).find(value => value !== '');
	return {...(proxy !== undefined && {proxy}), noProxy: valueOf(environment, 'no_proxy')};
}

// A variable that is set to nothing is meant as not set.
function valueOf(environment: Environment, name: string): string {
	return [environment[name], environment[name.toUpperCase()]].map(value => value?.trim() ?? '').find(value => value !== '') ?? '';
}

const protocols = new Set(['http:', 'https:', 'socks5:', 'socks:']);

/**
A proxy's address. Without a scheme it is an HTTP proxy; `socks5h`, where the proxy resolves the names, is what `socks5` does here.
@throws NetworkError `invalid_proxy`.
*/
export function parseProxy(text: string): URL {
	const url = URL.parse((text.includes('://') ? text : `http://${text}`).replace(/^socks5h:/iv, 'socks5:'));
	if (url === null || url.hostname === '' || !protocols.has(url.protocol)) {
		// The address is not shown, because it may hold a password.
		throw new NetworkError('HTTPS_PROXY, ALL_PROXY or HTTP_PROXY is not a valid address.', {
			code: 'invalid_proxy',
			hint: 'Write it as http://HOST:PORT or socks5://HOST:PORT.',
		});
	}

	return url;
}
