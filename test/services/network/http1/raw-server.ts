import {createServer, type Socket} from 'node:net';
import {createServer as createSecureServer} from 'node:tls';
import {listen} from '../../../helpers/network/listen.js';
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
	const listener = (socket: Socket) => {
		// Whoever is asked here breaks off now and then.
		socket.on('error', () => undefined);
		socket.setEncoding('latin1').on('data', (text: unknown) => {
			requests.push(String(text));
			answer(socket, requests.length - 1);
		});
	};

	const server = isSecure ? createSecureServer(await serverCertificate(), listener) : createServer(listener);
	const listening = await listen(server);
	return {
		...listening,
		url: new URL(`${isSecure ? 'https' : 'http'}://127.0.0.1:${listening.port}/file?part=1`),
		requests,
	};
}
