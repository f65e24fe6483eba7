import {type Dispatcher} from 'undici';
import {checkUrl} from './check-url.js';
import {createDispatchers, type Dispatchers} from './dispatchers.js';
import {drainBody} from './drain-body.js';
import {type Environment} from './environment.js';
import {type Http, type HttpRequest, type HttpResponse} from './http.js';
import {toNetworkError} from './to-network-error.js';

export type HttpOptions = {
	readonly environment: () => Environment;
	readonly userAgent?: string;
};

const defaultBodyTimeout = 30_000;

export function createHttp({environment, userAgent = 'remuda'}: HttpOptions): Http {
	let opening: Promise<Dispatchers> | undefined;

	async function send({url, method = 'GET', headers, token, body, bodyTimeout = defaultBodyTimeout, signal}: HttpRequest): Promise<HttpResponse> {
		signal.throwIfAborted();
		checkUrl(url);
		opening ??= createDispatchers(environment());
		const dispatchers = await opening;
		const response = await dispatchers.for(url).request({
			// Only these parts: user and password in a URL must not become a header.
			origin: url.origin,
			path: `${url.pathname}${url.search}`,
			method,
			headers: {
				// Ranges and lengths only mean something for the bytes as they are.
				'accept-encoding': 'identity',
				'user-agent': userAgent,
				...headers,
				...(token?.origin === url.origin && {authorization: `Bearer ${token.value}`}),
			},
			body,
			bodyTimeout,
			signal,
		});
		return toResponse(url, response, signal);
	}

	return {
		async request(options) {
			try {
				return await send(options);
			} catch (error) {
				options.signal.throwIfAborted();
				throw toNetworkError(error, options.url);
			}
		},
		async close() {
			// A dispatcher that could not be made has nothing to close, and its request has said so.
			const dispatchers = await opening?.catch(() => undefined);
			await dispatchers?.destroy();
		},
	};
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
				await body.dump({limit: 65_536});
			} catch {
				// It is thrown away in any case; the next request opens a connection of its own.
			}
		},
	};
}

async function * withNetworkErrors(body: AsyncIterable<Uint8Array>, url: URL, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
	try {
		yield * body;
	} catch (error) {
		signal.throwIfAborted();
		throw toNetworkError(error, url);
	}
}
