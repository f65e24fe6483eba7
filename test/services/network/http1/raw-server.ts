import {once} from 'node:events';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {createServer as createSecureServer} from 'node:tls';
import {serverCertificate} from '../../../helpers/network/secure-server.js';

/**
A server on loopback that sends what it is told to, be it HTTP or not.
*/
export type RawServer = AsyncDisposable & {
	readonly url: URL;
	/**
	Heads of the requests, as they came.
	*/
	readonly requests: readonly string[];
	readonly connections: () => number;
	readonly connectionsSoFar: () => number;
};

export type RawAnswer = (socket: Socket, number: number) => void;

/**
`answer` is called for each request, counted from 0. Over TLS it has the certificate of `secureServer`.
*/
export async function rawServer(answer: RawAnswer, {isSecure = false}: {readonly isSecure?: boolean} = {}): Promise<RawServer> {
	const requests: string[] = [];
	const sockets = new Set<Socket>();
	let soFar = 0;
	const listener = (socket: Socket) => {
		soFar++;
		sockets.add(socket);
		socket.once('close', () => {
			sockets.delete(socket);
		});
		// Whoever is asked here breaks off now and then.
		socket.on('error', () => undefined);
		socket.setEncoding('latin1').on('data', (text: unknown) => {
			requests.push(String(text));
			answer(socket, requests.length - 1);
		});
	};

	const server = isSecure ? createSecureServer(await serverCertificate(), listener) : createServer(listener);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: new URL(`${isSecure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/file?part=1`),
		requests,
		connections: () => sockets.size,
		connectionsSoFar: () => soFar,
		async [Symbol.asyncDispose]() {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) {
				socket.destroy();
			}

			await closed;
		},
	};
}
