import {type Dispatcher} from 'undici';
import {NetworkError} from '../../errors/network-error.js';
import {checkRedirect, checkUrl} from './check-url.js';
import {toBulkResponse} from './bulk-response.js';
import {drainBody} from './drain-body.js';
import {type Environment} from './environment.js';
import {type Http, type HttpRequest, type HttpResponse} from './http.js';
import {createDispatcherKeeper} from './dispatcher-keeper.js';
import {redirectTarget} from './redirect.js';
import {toNetworkError} from './to-network-error.js';

export type HttpOptions = {
	/**
	Asked for each request, as the setting below: proxies and certificates may change while the program runs.
	*/
	readonly environment: () => Environment;
	/**
	`network.ca_certificates` of the config.
	*/
	readonly caCertificates?: () => string | undefined;
	readonly userAgent?: string;
};

const headersTimeout = 30_000;
const defaultBodyTimeout = 30_000;
const discardTimeout = 1000;

export function createHttp({environment, caCertificates = () => undefined, userAgent = 'remuda'}: HttpOptions): Http {
	const keeper = createDispatcherKeeper({environment, caCertificates});

	async function send({url, method = 'GET', headers: own, token, body, bodyTimeout = defaultBodyTimeout, isBulk = false, signal}: HttpRequest): Promise<HttpResponse> {
		signal.throwIfAborted();
		checkUrl(url);
		const dispatchers = await keeper.current();
		const headers = {
			// Ranges and lengths only mean something for the bytes as they are.
			'accept-encoding': 'identity',
			'user-agent': userAgent,
			...own,
			...(token?.origin === url.origin && {authorization: `Bearer ${token.value}`}),
		};
		const bulk = isBulk ? dispatchers.bulk(url) : undefined;
		if (bulk !== undefined && method === 'GET') {
			return withSafeRedirect(toBulkResponse(url, await bulk.request({url, headers}, {signal}), signal));
		}

		const response = await dispatchers.for(url).request({
			// Only these parts: user and password in a URL must not become a header.
			origin: url.origin,
			path: `${url.pathname}${url.search}`,
			method,
			headers,
			body,
			headersTimeout,
			bodyTimeout: isBulk ? 0 : bodyTimeout,
			signal,
		});
		return withSafeRedirect(toResponse(url, response, signal));
	}

	/**
	Sends it once, with every failure as an error of ours.
	*/
	async function attempt(options: HttpRequest): Promise<HttpResponse> {
		try {
			return await send(options);
		} catch (error) {
			options.signal.throwIfAborted();
			// A header that cannot be sent is a defect, which no network can mend.
			throw error instanceof TypeError && !('code' in error) ? error : toNetworkError(error, options.url);
		}
	}

	return {
		async request(options) {
			try {
				return await attempt(options);
			} catch (error) {
				if (!isWorthRepeating(options, error)) {
					throw error;
				}

				return attempt(options);
			}
		},
		close: keeper.destroy,
	};
}

/**
A server may close a connection that was idle just when it is used again, as may anything in between after a night's sleep. Whether it was idle cannot be told, and a request that changes nothing may be repeated in any case (RFC 9110, 9.2.2). Whoever asks for a bulk repeats by its own rules.
*/
function isWorthRepeating({method = 'GET', isBulk = false}: HttpRequest, error: unknown): boolean {
	return (method === 'GET' || method === 'HEAD') && !isBulk && error instanceof NetworkError && error.code === 'connection_lost';
}

function toResponse(url: URL, {statusCode, headers, body}: Dispatcher.ResponseData, signal: AbortSignal): HttpResponse {
	// Whoever reads the body gets its error; a body that nobody reads must not bring the process down.
	body.on('error', () => undefined);
	return {
		url,
		status: statusCode,
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value ?? []].flat().join(', ')])),
		body: withNetworkErrors(body, url, signal),
		drain: async take => drainBody(body, take, error => signal.aborted ? signal.reason as Error : toNetworkError(error, url)),
		async discard() {
			try {
				// Nobody waits for a server that takes its time over what is thrown away.
				await body.dump({limit: 65_536, signal: AbortSignal.timeout(discardTimeout)});
			} catch {
				// It is thrown away in any case; the next request opens a connection of its own.
			}
		},
	};
}

/**
Here rather than where redirects are followed, so that nobody can forget it.
*/
async function withSafeRedirect(response: HttpResponse): Promise<HttpResponse> {
	const {url, discard} = response;
	const target = redirectTarget(response);
	try {
		if (target !== undefined) {
			checkRedirect(url, target);
		}

		return response;
	} catch (error) {
		await discard();
		throw error;
	}
}

async function * withNetworkErrors(body: AsyncIterable<Uint8Array>, url: URL, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
	try {
		yield * body;
	} catch (error) {
		signal.throwIfAborted();
		throw toNetworkError(error, url);
	}
}
