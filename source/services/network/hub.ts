import {type z} from 'zod';
import {type Abortable} from '../../types/abortable.js';
import {type HttpRequest, type HttpResponse} from './http.js';
import {type HubSubject} from './to-hub-error.js';

export type HubRequest = Abortable & Pick<HttpRequest, 'method' | 'headers' | 'bodyTimeout'> & {
	/**
	Relative to the endpoint, as `encodePath` and `resolvePath` build it; or a URL of the endpoint's origin.
	*/
	readonly url: string | URL;
	/**
	One of the mirrors, to ask it in place of the hub; the token is not for it.
	*/
	readonly endpoint?: URL;
};

export type HubJsonRequest<Value> = Abortable & {
	readonly url: string | URL;
	/**
	What the request is about, for the error.
	*/
	readonly subject: HubSubject;
	readonly schema: z.ZodType<Value>;
	/**
	Bytes that the reply may have.
	*/
	readonly limit: number;
};

/**
A hub that speaks Hugging Face's protocol, at the endpoint that the environment and the config name.
*/
export type Hub = {
	readonly endpoint: () => Promise<URL>;
	/**
	Servers with the same repositories, in the order they are to be tried after the hub; each an endpoint for `request`.
	@throws UsageError `invalid_endpoint`, NetworkError `insecure_url`.
	*/
	readonly mirrors: () => Promise<readonly URL[]>;
	/**
	Asks the hub, with the user's token where the endpoint may have it. Redirects within the hub are followed (renamed repositories); one to another host is returned as it is, for the caller to ask without the token.
	@throws NetworkError `offline_mode`, `redirect_loop`, `foreign_host`, and those of `Http.request`.
	*/
	readonly request: (request: HubRequest) => Promise<HttpResponse>;
	/**
	A JSON reply, bounded and checked; `next` is the address of the following page.
	@throws as `request`, as `toHubError` for a bad status, NetworkError `unexpected_reply` for anything but the JSON expected.
	*/
	readonly json: <Value>(request: HubJsonRequest<Value>) => Promise<{readonly value: Value; readonly next?: string}>;
	/**
	The error that a bad status means; reads the (bounded) body.
	*/
	readonly toError: (response: HttpResponse, subject: HubSubject) => Promise<Error>;
};
