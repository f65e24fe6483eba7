import {once} from 'node:events';
import {type AddressInfo, type Server, type Socket} from 'node:net';

export type Listening = AsyncDisposable & {
	readonly port: number;
	/**
	How many connections are open.
	*/
	readonly connections: () => number;
	/**
	How many connections there ever were.
	*/
	readonly connectionsSoFar: () => number;
};

/**
Has a server listen on loopback until the end of the scope, which also ends its connections.
*/
export async function listen(server: Server): Promise<Listening> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const sockets = new Set<Socket>();
	let soFar = 0;
	server.on('connection', socket => {
		soFar++;
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.once('close', () => {
			sockets.delete(socket);
		});
	});
	return {
		port: (server.address() as AddressInfo).port,
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
