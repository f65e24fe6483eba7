import {type Dispatcher} from 'undici';
import {NetworkError} from '../../errors/network-error.js';
import {type Environment} from './environment.js';
import {isLoopback} from './loopback.js';

export type Dispatchers = {
	readonly for: (url: URL) => Dispatcher;
	readonly destroy: () => Promise<void>;
};

const options = {
	connectTimeout: 10_000,
	headersTimeout: 30_000,
	keepAliveTimeout: 10_000,
	// One connection carries one range; multiplexing would put all of them behind one congestion window.
	allowH2: false,
} as const;

/**
A direct way, and one through the proxies that the environment names. Loopback is always direct.
@throws NetworkError `invalid_proxy`.
*/
export async function createDispatchers(environment: Environment): Promise<Dispatchers> {
	const agents = await import('./agents.js');
	const httpProxy = environment.http_proxy ?? environment.HTTP_PROXY ?? '';
	const httpsProxy = environment.https_proxy ?? environment.HTTPS_PROXY ?? '';
	const noProxy = environment.no_proxy ?? environment.NO_PROXY ?? '';
	const direct = new agents.Agent(options);
	let proxied: Dispatcher = direct;
	if (httpProxy !== '' || httpsProxy !== '') {
		try {
			proxied = new agents.EnvHttpProxyAgent({
				...options, httpProxy, httpsProxy, noProxy,
			});
		} catch (error) {
			// The address is not shown, because it may hold a password.
			throw new NetworkError('HTTPS_PROXY or HTTP_PROXY is not a valid address.', {
				code: 'invalid_proxy',
				hint: 'Write it as http://HOST:PORT.',
				cause: error,
			});
		}
	}

	return {
		for: url => isLoopback(url) ? direct : proxied,
		async destroy() {
			await direct.destroy();
			if (proxied !== direct) {
				await proxied.destroy();
			}
		},
	};
}
