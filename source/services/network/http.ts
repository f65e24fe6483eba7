import {type Abortable} from '../../types/abortable.js';

/**
A secret and the one origin that may see it.
*/
export type AccessToken = {
	readonly value: string;
	/**
	As `URL.origin`, for example `https://huggingface.co`.
	*/
	readonly origin: string;
};

export type HttpRequest = Abortable & {
	readonly url: URL;
	readonly method?: 'GET' | 'HEAD' | 'POST';
	/**
	Lower-case names. Secrets do not belong here but in `token`, which knows its origin.
	*/
	readonly headers?: Readonly<Record<string, string>>;
	/**
	Sent as a bearer token, and only when `url` has the token's origin.
	*/
	readonly token?: AccessToken;
	readonly body?: string;
	/**
	Milliseconds between two pieces of the body before it counts as stalled; 30,000 if not given. Not for a bulk.
	*/
	readonly bodyTimeout?: number;
	/**
	A body of many megabytes is expected: a GET is then read in the way that costs least where no proxy is in between. Whoever asks for it watches over it: no body timeout ends it, whichever way it takes.
	*/
	readonly isBulk?: boolean;
};

export type HttpResponse = {
	/**
	The URL asked for; a redirect is a response like any other.
	*/
	readonly url: URL;
	readonly status: number;
	/**
	Lower-case names; repeated headers are joined by `, `.
	*/
	readonly headers: Readonly<Record<string, string>>;
	/**
	Read it to the end or call `discard`, or the connection stays taken. Failures are NetworkErrors; leaving the loop early closes the connection.
	*/
	readonly body: AsyncIterable<Uint8Array>;
	/**
	Hands the body over piece by piece, in place of `body`, with less work. A piece may be a view of memory that is used again: it holds until `take` returns, or until the promise that it gives resolves, which the next piece waits for. What `take` throws ends the connection, and is thrown.
	*/
	readonly drain: (take: (piece: Uint8Array) => Promise<void> | undefined) => Promise<void>;
	/**
	Throws the body away; a short one leaves its connection usable for the next request.
	*/
	readonly discard: () => Promise<void>;
};

/**
The way to the network that everything in Remuda shares: proxies, timeouts, and what may not be sent where.
*/
export type Http = {
	/**
	One response: redirects are never followed, and those that must not be are refused. A GET or HEAD whose connection is lost before the answer begins is sent a second time, unless it is for a bulk.
	@throws NetworkError `insecure_url`, `invalid_proxy`, `ca_unreadable`, `ca_invalid`, `proxy_failed`, `offline`, `timeout`, `connection_lost`, `tls_failed`, `unexpected_reply`, `network_failed`; the signal's reason when it aborts.
	*/
	readonly request: (request: HttpRequest) => Promise<HttpResponse>;
	/**
	Ends all connections at once.
	*/
	readonly close: () => Promise<void>;
};
