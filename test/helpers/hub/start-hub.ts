import assert from 'node:assert/strict';
import {type Accounts} from './access.js';
import {answerApi} from './api.js';
import {isAnsweredByFault, isCutByFault} from './apply-faults.js';
import {answerAsCdn, type ConnectionLimit} from './cdn.js';
import {type Exchange} from './exchange.js';
import {createFaults, type Fault, type FaultHandle} from './faults.js';
import {type HubRepository} from './hub-repository.js';
import {createRequestLog, type LoggedRequest} from './request-log.js';
import {answerResolve, parseResolvePath} from './resolve.js';
import {serve} from './serve.js';
import {createStore} from './store.js';
import {createThrottle} from './throttle.js';

export type HubOptions = {
	readonly repositories?: readonly HubRepository[];
	/**
	Tokens that are accepted.
	*/
	readonly accounts?: Accounts;
	readonly treePageSize?: number;
	/**
	How long a signed address is valid; an hour if not given.
	*/
	readonly urlLifetimeMilliseconds?: number;
	/**
	Bytes per second of the second host, all connections together.
	*/
	readonly bytesPerSecond?: number;
	/**
	Bytes per second of each connection to the second host.
	*/
	readonly connectionBytesPerSecond?: number;
	/**
	Of the second host.
	*/
	readonly connectionLimit?: ConnectionLimit;
	/**
	Whether it speaks https in place of plain http, with the certificate of `secureServer`.
	*/
	readonly isSecure?: boolean;
};

export type HubServer = AsyncDisposable & {
	/**
	For HF_ENDPOINT.
	*/
	readonly url: string;
	readonly cdnUrl: string;
	/**
	Everything that was asked, oldest first.
	*/
	readonly requests: readonly LoggedRequest[];
	readonly fault: (fault: Fault) => FaultHandle;
	/**
	A new commit of a repository (`main` moves to it), or a new repository.
	*/
	readonly publish: (repository: HubRepository) => void;
	readonly setRate: (rate: {readonly bytesPerSecond?: number; readonly connectionBytesPerSecond?: number}) => void;
	/**
	Throws if a token ever came to the second host.
	*/
	readonly assertNoTokenAtCdn: () => void;
	/**
	Closes both servers and all connections. Rejects if a token ever came to the second host, or a server failed.
	*/
	readonly close: () => Promise<void>;
};

/**
A local Hugging Face: the hub, and the second host that it sends downloads to, as two real servers on loopback.
*/
export async function startHub({
	repositories = [],
	accounts = {},
	treePageSize = 1000,
	urlLifetimeMilliseconds = 3_600_000,
	bytesPerSecond,
	connectionBytesPerSecond,
	connectionLimit,
	isSecure = false,
}: HubOptions = {}): Promise<HubServer> {
	const log = createRequestLog();
	const faults = createFaults();
	const store = createStore(repositories);
	const throttle = createThrottle(bytesPerSecond);
	const active = new Set<Exchange>();
	let connectionRate = connectionBytesPerSecond;
	const cdn = await serve({
		name: 'cdn',
		isSecure,
		log,
		faults,
		answer: async exchange => answerAsCdn(exchange, {
			store, throttle, connectionRate: () => connectionRate, connectionLimit, active,
		}),
	});
	const hub = await serve({
		name: 'hub',
		isSecure,
		log,
		faults,
		async answer(exchange: Exchange) {
			if (await isAnsweredByFault(exchange) || await isCutByFault(exchange)) {
				return;
			}

			await (parseResolvePath(exchange.url) === undefined
				? answerApi(exchange, {store, accounts, treePageSize})
				: answerResolve(exchange, {
					store, accounts, cdnUrl: cdn.url, urlLifetimeMilliseconds,
				}));
		},
	});

	function assertNoTokenAtCdn(): void {
		const leaked = log.requests.filter(request => request.server === 'cdn' && request.headers.authorization !== undefined);
		assert.equal(leaked.length, 0, `A token came to the second host: ${leaked.map(request => request.path).join(', ')}`);
	}

	async function close(): Promise<void> {
		await Promise.all([hub.close(), cdn.close()]);
		assertNoTokenAtCdn();
		assert.deepEqual(log.failures, []);
	}

	return {
		url: hub.url,
		cdnUrl: cdn.url,
		requests: log.requests,
		fault: faults.add,
		publish: store.publish,
		setRate(rate) {
			throttle.setRate(rate.bytesPerSecond);
			connectionRate = rate.connectionBytesPerSecond;
		},
		assertNoTokenAtCdn,
		close,
		[Symbol.asyncDispose]: close,
	};
}
