import {Buffer} from 'node:buffer';
import {createServer} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {
	connect,
	createServer as createTcpServer,
	type Socket,
} from 'node:net';
import {pipeline} from 'node:stream/promises';
import {listen, type Listening} from './listen.js';
import {serverCertificate} from './secure-server.js';

/**
Which port of this machine a name stands for; the proxies know no others.
*/
export type Names = Readonly<Record<string, number>>;

export type Proxy = Listening & {
	/**
	What was asked for, as `HOST:PORT`, with the credentials that were shown where there were any.
	*/
	readonly asked: readonly string[];
};

/**
A proxy that tunnels by CONNECT, over TLS itself where `isSecure`.
*/
export async function connectProxy(names: Names, {isSecure = false, credentials}: {readonly isSecure?: boolean; readonly credentials?: string} = {}): Promise<Proxy> {
	const asked: string[] = [];
	const server = isSecure ? createSecureServer(await serverCertificate()) : createServer();
	server.on('connect', (request, socket: Socket) => {
		const {host, port} = splitTarget(request.url ?? '');
		const authorization = request.headers['proxy-authorization'] ?? '';
		const shown = Buffer.from(authorization.replace(/^Basic /v, ''), 'base64').toString();
		asked.push(`${host}:${port}${shown === '' ? '' : ` as ${shown}`}`);
		const target = names[host];
		if (credentials !== undefined && shown !== credentials) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
		} else if (target === undefined) {
			socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
		} else {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			void tunnel(socket, target);
		}
	});
	return {...await listen(server), asked};
}

/**
A SOCKS5 proxy that resolves names itself.
*/
export async function socksProxy(names: Names): Promise<Proxy> {
	const asked: string[] = [];
	const server = createTcpServer(socket => {
		// The greeting, answered with “no authentication”.
		socket.once('data', () => {
			socket.write(Buffer.from([5, 0]));
			socket.once('data', request => {
				// 5, CONNECT, 0, by name, then the length of the name, the name and the port.
				const length = request[4] ?? 0;
				const host = request.subarray(5, 5 + length).toString();
				asked.push(`${host}:${request.readUInt16BE(5 + length)}`);
				const target = names[host];
				socket.write(Buffer.from([5, target === undefined ? 4 : 0, 0, 1, 0, 0, 0, 0, 0, 0]));
				if (target !== undefined) {
					void tunnel(socket, target);
				}
			});
		});
	});
	return {...await listen(server), asked};
}

async function tunnel(socket: Socket, port: number): Promise<void> {
	const target = connect(port, '127.0.0.1');
	try {
		await Promise.all([pipeline(socket, target), pipeline(target, socket)]);
	} catch {
		// One of the two went away; the other has been ended with it.
	}
}

function splitTarget(target: string): {readonly host: string; readonly port: string} {
	const colon = target.lastIndexOf(':');
	return {host: target.slice(0, colon), port: target.slice(colon + 1)};
}
