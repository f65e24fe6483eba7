import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import * as z from 'zod/mini';
import {type Download} from '../../../types/download.js';
import {createLineReader} from '../../flow/line-reader.js';
import {ToldDownloads, toLine} from './difference.js';
import {toError} from './errors-on-wire.js';
import {
	maximumNewsLength,
	protocolVersion,
	workerMessageSchema,
	type Answer,
	type Call,
	type WorkerMessage,
} from './protocol.js';

/**
The connection went away before the answer came: the worker has ended, or is just ending.
*/
export class DisconnectedError extends Error {
	override readonly name = 'DisconnectedError';
}

/**
A connection to a worker.
*/
export type WorkerLink = {
	/**
	Whether it speaks this version, and downloads to the same folder. One that does not is good for `retire` only.
	*/
	readonly isCompatible: boolean;
	readonly list: () => readonly Download[];
	/**
	@throws DisconnectedError, or the error that the worker answers.
	*/
	readonly call: (call: Call) => Promise<Answer>;
	/**
	Asks the worker to end, and resolves once it is gone.
	*/
	readonly retire: () => Promise<void>;
	readonly isClosed: () => boolean;
	/**
	Resolves once it is, however it came.
	*/
	readonly closed: Promise<void>;
	readonly close: () => void;
};

export type WorkerLinkOptions = {
	readonly socketPath: string;
	/**
	Folder that downloads go to.
	*/
	readonly models: string;
	/**
	Variables that belong to who asks.
	*/
	readonly environment: Readonly<Record<string, string>>;
	readonly onChanged: () => void;
};

const connectLimitMs = 10_000;
const retireLimitMs = 25_000;

/**
Connects to the worker that listens at a place. Undefined where none does any more.
@throws DisconnectedError for something that listens and is no worker, or does not answer.
*/
export async function connectToWorker(options: WorkerLinkOptions): Promise<WorkerLink | undefined> {
	const socket = connect(options.socketPath);
	try {
		await once(socket, 'connect');
	} catch (error) {
		// EACCES and the like are no reason to start another worker.
		if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')) {
			return undefined;
		}

		throw error;
	}

	return greet(socket, options);
}

async function greet(socket: Socket, {models, environment, onChanged}: WorkerLinkOptions): Promise<WorkerLink> {
	const told = new ToldDownloads();
	const waiting = new Map<number, PromiseWithResolvers<Answer>>();
	const ready = Promise.withResolvers<boolean>();
	const closed = Promise.withResolvers<void>();
	let isGreeted = false;
	let count = 0;

	function take(message: WorkerMessage): void {
		switch (message.type) {
			case 'hello': {
				isGreeted = message.protocol === protocolVersion && message.models === models;
				if (!isGreeted) {
					ready.resolve(false);
				}

				break;
			}

			case 'changes': {
				if (isGreeted && told.take(message)) {
					ready.resolve(true);
					onChanged();
				}

				break;
			}

			case 'answer': {
				const {type: _type, reference, ...answer} = message;
				waiting.get(reference)?.resolve(answer);
				waiting.delete(reference);
				break;
			}

			case 'bye': {
				// What is asked from here on is for another worker.
				socket.destroy();
				break;
			}
		}
	}

	const violate = () => {
		socket.destroy();
	};

	socket.on('data', createLineReader({
		maximumLength: maximumNewsLength,
		onLine(line) {
			if (socket.destroyed) {
				return;
			}

			try {
				take(z.parse(workerMessageSchema, JSON.parse(line)));
			} catch {
				violate();
			}
		},
		onOverflow: violate,
	}));
	socket.on('error', () => undefined);
	socket.once('close', () => {
		const gone = new DisconnectedError('The downloads worker is gone.');
		ready.reject(gone);
		for (const {reject} of waiting.values()) {
			reject(gone);
		}

		waiting.clear();
		closed.resolve();
	});
	socket.write(toLine({type: 'hello', protocol: protocolVersion, environment}));
	const timer = setTimeout(() => {
		socket.destroy();
	}, connectLimitMs);
	let isCompatible: boolean;
	try {
		isCompatible = await ready.promise;
	} finally {
		clearTimeout(timer);
	}

	return {
		isCompatible,
		list: () => told.list ?? [],
		async call(call) {
			if (socket.destroyed) {
				throw new DisconnectedError('The downloads worker is gone.');
			}

			const answering = Promise.withResolvers<Answer>();
			waiting.set(count, answering);
			socket.write(toLine({type: 'call', reference: count, call}));
			count++;
			const answer = await answering.promise;
			if (answer.error !== undefined) {
				throw toError(answer.error);
			}

			return answer;
		},
		async retire() {
			socket.write(toLine({type: 'retire'}));
			const limit = setTimeout(() => {
				socket.destroy();
			}, retireLimitMs);
			await closed.promise;
			clearTimeout(limit);
		},
		isClosed: () => socket.destroyed,
		closed: closed.promise,
		close() {
			socket.destroy();
		},
	};
}
