import process from 'node:process';
import {createSecureContext, getCACertificates} from 'node:tls';
import {type Dispatcher} from 'undici';
import type * as agentModule from './agents.js';
import {Client} from './http1/client.js';
import {isLoopback} from './loopback.js';
import {isExempt} from './no-proxy.js';
import {parseProxy, type ProxySettings} from './proxy-settings.js';

export type DispatcherSettings = ProxySettings & {
	/**
	Trusted besides the system's, each as PEM.
	*/
	readonly certificates: readonly string[];
};

export type Dispatchers = {
	readonly for: (url: URL) => Dispatcher;
	/**
	The way for large bodies, where no proxy stands in between.
	*/
	readonly bulk: (url: URL) => Client | undefined;
	/**
	Resolves once all requests under way are done.
	*/
	readonly close: () => Promise<void>;
	/**
	Ends requests under way at once.
	*/
	readonly destroy: () => Promise<void>;
};

const timeouts = {
	connectTimeout: 10_000,
	headersTimeout: 30_000,
	keepAliveTimeout: 10_000,
	// However long a server offers to keep an idle connection.
	keepAliveMaxTimeout: 30_000,
} as const;

const options = {
	...timeouts,
	// One connection carries one range; multiplexing would put all of them behind one congestion window.
	allowH2: false,
} as const;

type TlsOptions = ReturnType<typeof tlsOptions>;

/**
A direct way, and one through the proxy. Loopback is always direct. As many connections are made as there are requests at once; none waits for another.
@throws NetworkError `invalid_proxy`.
*/
export async function createDispatchers({proxy, noProxy, certificates}: DispatcherSettings): Promise<Dispatchers> {
	const agents = await import('./agents.js');
	const tls = tlsOptions(certificates);
	const direct = new agents.Agent({...options, connect: tls});
	const proxied = proxy === undefined ? direct : createProxied(agents, parseProxy(proxy), tls);
	const all = proxied === direct ? [direct] : [direct, proxied];
	const bulk = new Client({...timeouts, secureContext: tls.secureContext});
	const wayTo = (url: URL) => isLoopback(url) || isExempt(url, noProxy) ? direct : proxied;
	return {
		for: wayTo,
		bulk: url => wayTo(url) === direct ? bulk : undefined,
		async close() {
			await Promise.all([bulk, ...all].map(async way => way.close()));
		},
		async destroy() {
			bulk.destroy();
			await Promise.all(all.map(async dispatcher => dispatcher.destroy()));
		},
	};
}

function createProxied(agents: typeof agentModule, proxy: URL, tls: TlsOptions): Dispatcher {
	return proxy.protocol.startsWith('socks')
		? quietly(() => new agents.Socks5ProxyAgent(proxy, {connectTimeout: options.connectTimeout, requestTls: tls}))
		: new agents.ProxyAgent({
			...options, uri: proxy.href, requestTls: tls, proxyTls: tls,
		});
}

/**
One context for all connections: to read 150 certificates takes 12 ms.
*/
function tlsOptions(certificates: readonly string[]) {
	return {
		allowH2: false,
		...(certificates.length > 0 && {secureContext: createSecureContext({ca: [...getCACertificates('default'), ...certificates]})}),
	};
}

/**
Without the warning that undici prints, in the middle of the screen, when it makes its first SOCKS5 client.
*/
function quietly<Result>(create: () => Result): Result {
	const {emitWarning} = process;
	process.emitWarning = () => undefined;
	try {
		return create();
	} finally {
		process.emitWarning = emitWarning;
	}
}
