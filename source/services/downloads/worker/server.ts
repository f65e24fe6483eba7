import {once} from 'node:events';
import {
	chmod,
	lstat,
	rm,
} from 'node:fs/promises';
import {createServer, type Server, type Socket} from 'node:net';
import process from 'node:process';
import {type Environment} from '../../network/environment.js';
import {isInHome, prepareSocketPath, socketPaths} from './socket-path.js';
import {tellPlace, untellPlace} from './told-place.js';

export type SocketServer = Disposable & {
	/**
	Listens again where somebody has removed the socket: a system that ends the user's sessions does, and one that tidies up temporary files.
	*/
	readonly keepListening: () => Promise<void>;
	/**
	Takes no more connections, and removes the socket.
	*/
	readonly close: () => void;
};

/**
Listens for clients of this user at the first place that can be listened at. Whoever calls holds the lease of the home: a socket that is there is left over.
@throws The error of the last place, where there is none.
*/
export async function listenForClients({home, environment, onConnection}: {
	readonly home: string;
	readonly environment: Environment;
	readonly onConnection: (socket: Socket) => void;
}): Promise<SocketServer> {
	let {server, file} = await listenSomewhere();
	await tell();

	async function tell(): Promise<void> {
		if (process.platform === 'win32' || isInHome(home, file)) {
			untellPlace(home);
		} else {
			await tellPlace(home, file);
		}
	}

	function close(): void {
		server.close();
		untellPlace(home);
	}

	async function listenSomewhere(): Promise<{server: Server; file: string}> {
		let failure: unknown;
		for (const path of await socketPaths(home, environment)) {
			try {
				// eslint-disable-next-line no-await-in-loop -- the next is only for where this one fails, as on a file system without sockets
				return {server: await listen(home, path, onConnection), file: path};
			} catch (error) {
				failure = error;
			}
		}

		throw failure as Error;
	}

	return {
		async keepListening() {
			if (process.platform === 'win32' || await isSocket(file)) {
				return;
			}

			server.close();
			({server, file} = await listenSomewhere());
			await tell();
		},
		close,
		[Symbol.dispose]: close,
	};
}

async function listen(home: string, file: string, onConnection: (socket: Socket) => void): Promise<Server> {
	await prepareSocketPath(home, file);
	const server = createServer(onConnection);
	server.maxConnections = 100;
	if (process.platform !== 'win32') {
		await rm(file, {force: true});
	}

	// It is never there with more permissions than it is meant to have.
	const mask = process.umask(0o177);
	try {
		server.listen(file);
	} finally {
		process.umask(mask);
	}

	await once(server, 'listening');
	// Later failures to take a connection are those of the client, who tries again.
	server.on('error', () => undefined);
	if (process.platform !== 'win32') {
		await chmod(file, 0o600);
	}

	return server;
}

async function isSocket(file: string): Promise<boolean> {
	try {
		const found = await lstat(file);
		return found.isSocket();
	} catch {
		return false;
	}
}
