import {type IncomingMessage, type ServerResponse} from 'node:http';
import {type ActiveFaults} from './faults.js';

/**
One request that is being answered.
*/
export type Exchange = {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly url: URL;
	/**
	The path, unescaped.
	*/
	readonly path: string;
	readonly faults: ActiveFaults;
	/**
	Aborted when the client goes away or the server closes.
	*/
	readonly signal: AbortSignal;
};

export type Headers = Readonly<Record<string, string | number>>;

export function sendJson({response}: Exchange, status: number, value: unknown, headers: Headers = {}): void {
	sendText(response, status, JSON.stringify(value), {'content-type': 'application/json; charset=utf-8', ...headers});
}

/**
An error as the hub words it: a code and a message in headers, and the message once more in the body.
*/
export function sendError(exchange: Exchange, status: number, {code, message}: {readonly code?: string; readonly message: string}): void {
	sendJson(exchange, status, {error: message}, {...(code !== undefined && {'x-error-code': code}), 'x-error-message': message});
}

export function sendRedirect({response}: Exchange, status: 302 | 307, location: string, headers: Headers = {}): void {
	sendText(response, status, `Moved to ${location}`, {'content-type': 'text/plain; charset=utf-8', ...headers, location});
}

export function sendText(response: ServerResponse, status: number, text: string, headers: Headers): void {
	const bytes = new TextEncoder().encode(text);
	response.writeHead(status, {...headers, 'content-length': bytes.length});
	response.end(bytes);
}
