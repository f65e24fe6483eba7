import {Buffer} from 'node:buffer';
import {type Socket} from 'node:net';
import {type Abortable} from '../../../types/abortable.js';
import {BodyDrain, cutOff, type BodyDrainOptions} from './body-drain.js';
import {createBodyReader} from './body-reader.js';
import {HeadReader} from './head-reader.js';
import {openSocket, type SocketOptions} from './open-socket.js';
import {formatRequestHead, type RequestHead} from './request-head.js';
import {type ReplyHead} from './reply-head.js';
import {SyntaxViolation} from './syntax-violation.js';

/**
An answer whose body is still to be read from its connection: by `drain` or `abandon`.
*/
export type Reply = {
	readonly head: ReplyHead;
	/**
	Hands the body over piece by piece. A piece is a view of memory that is used again: it holds until `take` returns, or until the promise that it gives resolves, which the next piece waits for. What `take` throws ends the connection and is thrown; what happens to the connection is thrown as `toError` puts it.
	*/
	readonly drain: (take: BodyDrainOptions['take'], toError: BodyDrainOptions['toError']) => Promise<void>;
	/**
	Closes the connection.
	*/
	readonly abandon: () => void;
};

export type ConnectionOptions = SocketOptions & {
	/**
	Milliseconds until the connection, with its encryption, has to stand.
	*/
	readonly connectTimeout: number;
	/**
	Milliseconds until the head of an answer has to be there.
	*/
	readonly headersTimeout: number;
	/**
	The body of an answer has been read, and the server keeps the connection.
	*/
	readonly onIdle: (connection: Connection, head: ReplyHead) => void;
	readonly onClose: (connection: Connection) => void;
};

// Twice as much saves no work, and 64 connections have one each.
const bufferBytes = 65_536;

/**
A connection to a server that speaks HTTP/1.1, for one request after the other.
*/
export class Connection {
	readonly #options: ConnectionOptions;
	readonly #url: URL;
	readonly #socket: Socket;
	/**
	Takes what comes in; false stops the reading.
	*/
	#receive: (bytes: Uint8Array) => boolean = isUnasked;
	#onClose: (error: Error) => void = () => undefined;
	#error: Error | undefined;

	constructor(url: URL, options: ConnectionOptions) {
		this.#options = options;
		this.#url = url;
		this.#socket = openSocket(url, options, {
			buffer: Buffer.allocUnsafeSlow(bufferBytes),
			callback: (length, buffer) => this.#read(buffer.subarray(0, length)),
		});
		this.#socket.on('error', error => {
			this.#error ??= error;
		});
		this.#socket.once('close', () => {
			options.onClose(this);
			this.#onClose(this.#error ?? cutOff());
		});
	}

	#read(bytes: Uint8Array): boolean {
		try {
			return this.#receive(bytes);
		} catch (error) {
			this.#error ??= error as Error;
			this.#socket.destroy();
			return false;
		}
	}

	#endOn(signal: AbortSignal): () => void {
		const end = () => {
			this.#error ??= signal.reason as Error;
			this.#socket.destroy();
		};

		signal.addEventListener('abort', end, {once: true});
		if (signal.aborted) {
			end();
		}

		return end;
	}

	#endAfter(milliseconds: number, words: string): NodeJS.Timeout {
		return setTimeout(() => {
			this.#error ??= Object.assign(new Error(words), {code: 'ETIMEDOUT'});
			this.#socket.destroy();
		}, milliseconds);
	}

	/**
	The head of the answer; reading stops behind it.
	*/
	async #ask(request: RequestHead): Promise<{readonly head: ReplyHead; readonly rest: Uint8Array}> {
		const {promise, resolve, reject} = Promise.withResolvers<{readonly head: ReplyHead; readonly rest: Uint8Array}>();
		const reader = new HeadReader();
		this.#onClose = reject;
		this.#receive = bytes => {
			const found = reader.read(bytes);
			if (found !== undefined) {
				resolve(found);
			}

			return found === undefined;
		};

		const timer = this.#endAfter(this.#options.headersTimeout, 'The answer did not begin in time.');
		try {
			this.#socket.write(formatRequestHead(request), 'latin1');
			return await promise;
		} finally {
			clearTimeout(timer);
			this.#onClose = () => undefined;
		}
	}

	async #drain(rest: Uint8Array, options: Omit<BodyDrainOptions, 'connection'>): Promise<void> {
		if (this.isClosed) {
			throw options.toError(this.#error ?? cutOff());
		}

		const drain = new BodyDrain({...options, connection: this});
		this.#receive = bytes => drain.deal(bytes);
		this.#onClose = () => {
			void drain.close(this.#error);
		};

		if (drain.deal(rest)) {
			this.resume();
		}

		await drain.ended();
	}

	#becomeIdle(head: ReplyHead): void {
		this.#receive = isUnasked;
		this.#onClose = () => undefined;
		if (head.keepsAlive) {
			this.#options.onIdle(this, head);
		} else {
			this.#socket.destroy();
		}
	}

	get isClosed(): boolean {
		return this.#socket.destroyed || this.#socket.readableEnded;
	}

	get origin(): string {
		return this.#url.origin;
	}

	/**
	Resolves once requests can be sent. Aborting closes it.
	*/
	async connect({signal}: Abortable): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		this.#onClose = reject;
		this.#socket.once(this.#url.protocol === 'https:' ? 'secureConnect' : 'connect', resolve);
		const end = this.#endOn(signal);
		const timer = this.#endAfter(this.#options.connectTimeout, 'The connection did not stand in time.');
		try {
			await promise;
		} finally {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			this.#onClose = () => undefined;
		}
	}

	/**
	Sends a request; to be called while the connection is idle. Aborting closes it, until the body of the answer is read.
	*/
	async request(request: RequestHead, {signal}: Abortable): Promise<Reply> {
		const end = this.#endOn(signal);
		try {
			if (this.isClosed) {
				throw this.#error ?? cutOff();
			}

			const {head, rest} = await this.#ask(request);
			const body = createBodyReader(request.method, head);
			let isTaken = false;
			let isOver = false;
			return {
				head,
				drain: async (take, toError) => {
					if (isTaken) {
						throw new TypeError('The body of the answer has been read before.');
					}

					isTaken = true;
					await this.#drain(rest, {
						body,
						take,
						toError,
						onDone: () => {
							isOver = true;
							signal.removeEventListener('abort', end);
							this.#becomeIdle(head);
						},
					});
				},
				abandon: () => {
					// From then on the connection may serve another request.
					if (!isOver) {
						this.#socket.destroy();
					}
				},
			};
		} catch (error) {
			signal.removeEventListener('abort', end);
			this.#socket.destroy();
			throw error;
		}
	}

	/**
	Until the next request, or until so many milliseconds have passed, it stays open without keeping the process running.
	*/
	rest(milliseconds: number): void {
		this.#socket.unref();
		this.#socket.setTimeout(milliseconds, () => {
			this.#socket.destroy();
		});
	}

	wake(): void {
		this.#socket.setTimeout(0);
		this.#socket.removeAllListeners('timeout');
		this.#socket.ref();
	}

	/**
	Goes on reading.
	*/
	resume(): void {
		this.#socket.resume();
	}

	destroy(): void {
		this.#socket.destroy();
	}
}

function isUnasked(): boolean {
	throw new SyntaxViolation('The server sent something before it was asked.');
}
