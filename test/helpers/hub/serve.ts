import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {type AddressInfo} from 'node:net';
import {serverCertificate} from '../network/secure-server.js';
import {type Exchange} from './exchange.js';
import {type Faults} from './faults.js';
import {type RequestLog} from './request-log.js';

export type RunningServer = {
	readonly url: string;
	readonly close: () => Promise<void>;
};

/**
Starts an HTTP or https server on loopback that logs what it is asked and lets `answer` do the rest.
*/
export async function serve({name, isSecure, log, faults, answer}: {
	readonly name: 'hub' | 'cdn';
	readonly isSecure: boolean;
	readonly log: RequestLog;
	readonly faults: Faults;
	readonly answer: (exchange: Exchange) => Promise<void>;
}): Promise<RunningServer> {
	const closing = new AbortController();
	const protocol = isSecure ? 'https' : 'http';
	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const gone = new AbortController();
		const url = new URL(request.url ?? '/', `${protocol}://${request.headers.host ?? 'localhost'}`);
		const path = unescapePath(url.pathname);
		const method = request.method ?? 'GET';
		const entry = log.add({
			server: name, method, host: url.host, path: `${url.pathname}${url.search}`, headers: request.headers,
		});
		const {socket} = request;
		const sentBefore = socket.bytesWritten;
		response.once('close', () => {
			entry.status = response.statusCode;
			entry.sentBytes = socket.bytesWritten - sentBefore;
			gone.abort();
		});
		const signal = AbortSignal.any([gone.signal, closing.signal]);
		try {
			await answer({
				request,
				response,
				url,
				path,
				faults: faults.take({
					server: name, method, path, ...(request.headers.range !== undefined && {range: request.headers.range}),
				}),
				signal,
			});
		} catch (error) {
			// A client that has gone away is no failure.
			if (!signal.aborted) {
				log.failures.push(error);
				response.destroy();
			}
		}
	}

	const listener = (request: IncomingMessage, response: ServerResponse) => {
		void handle(request, response);
	};

	const server = isSecure ? createSecureServer(await serverCertificate(), listener) : createServer(listener);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {
		url: `${protocol}://127.0.0.1:${port}`,
		async close() {
			closing.abort();
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

function unescapePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
