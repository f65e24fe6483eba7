import {addAbortListener} from 'node:events';
import {type Abortable} from '../../../types/abortable.js';
import {BodyDrain, type BodyDrainOptions} from './body-drain.js';
import {createBodyReader} from './body-reader.js';
import {cutOff} from './cut-off.js';
import {HeadReader} from './head-reader.js';
import {type SocketOptions} from './open-socket.js';
import {type ReplyHead} from './reply-head.js';
import {SocketReader, type Receiver} from './socket-reader.js';
import {SyntaxViolation} from './syntax-violation.js';

/**
An answer whose body is still to be read from its connection: by `drain` or `abandon`.
*/
export type Reply = {
	readonly head: ReplyHead;
	/**
	Hands the body over piece by piece. Rejects with what `take` throws, or with what happens to the connection, as `toError` puts it.
	*/
	readonly drain: (take: BodyDrainOptions['take'], toError: BodyDrainOptions['toError']) => Promise<void>;
	/**
	Closes the connection, unless the body has been read.
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

/**
A connection to a server that speaks HTTP/1.1, for one request after the other.
*/
export class Connection {
	readonly #options: ConnectionOptions;
	readonly #reader: SocketReader;
	#abortion: Disposable | undefined;
	#expiry: NodeJS.Timeout | undefined;
	#hasAnswered = false;
	readonly origin: string;

	constructor(url: URL, options: ConnectionOptions) {
		this.#options = options;
		this.origin = url.origin;
		this.#reader = new SocketReader(url, {
			...options,
			receiver: idle,
			onClose: () => {
				clearTimeout(this.#expiry);
				options.onClose(this);
			},
		});
	}

	#handTo({receive, end}: Receiver): void {
		this.#reader.handTo({
			receive,
			end: error => {
				this.#ignoreSignal();
				end(error);
			},
		});
	}

	/**
	Until the body of the answer is read or the connection is over, whichever comes first: a signal that lives on must not hold a connection that does not.
	*/
	#heedSignal(signal: AbortSignal): void {
		this.#abortion = addAbortListener(signal, () => {
			this.#reader.destroy(signal.reason as Error);
		});
	}

	#ignoreSignal(): void {
		this.#abortion?.[Symbol.dispose]();
		this.#abortion = undefined;
	}

	#endAfter(milliseconds: number, words: string): NodeJS.Timeout {
		return setTimeout(() => {
			this.#reader.destroy(Object.assign(new Error(words), {code: 'ETIMEDOUT'}));
		}, milliseconds);
	}

	/**
	The head of the answer; reading stops behind it.
	*/
	async #ask(request: string): Promise<ReplyHead> {
		const {promise, resolve, reject} = Promise.withResolvers<ReplyHead>();
		const heads = new HeadReader();
		this.#hasAnswered = false;
		this.#handTo({
			receive: bytes => {
				this.#hasAnswered = true;
				const found = heads.read(bytes);
				if (found !== undefined) {
					resolve(found.head);
				}

				return found?.rest;
			},
			end(error) {
				reject(error ?? cutOff());
			},
		});
		const timer = this.#endAfter(this.#options.headersTimeout, 'The answer did not begin in time.');
		try {
			this.#reader.write(request);
			return await promise;
		} finally {
			clearTimeout(timer);
		}
	}

	async #drain(options: Omit<BodyDrainOptions, 'reader'>): Promise<void> {
		if (this.#reader.isCut) {
			throw options.toError(this.#reader.error);
		}

		const drain = new BodyDrain({...options, reader: this.#reader});
		this.#handTo({
			receive: bytes => drain.receive(bytes),
			end(error) {
				drain.end(error);
			},
		});
		this.#reader.resume();
		await drain.ended();
	}

	#becomeIdle(head: ReplyHead): void {
		this.#ignoreSignal();
		this.#reader.handTo(idle);
		if (head.keepsAlive && !this.isClosed) {
			this.#options.onIdle(this, head);
		} else {
			this.destroy();
		}
	}

	get isClosed(): boolean {
		return this.#reader.isClosed;
	}

	/**
	Whether the server ended the connection before it sent any of the answer to the last request.
	*/
	get isUnanswered(): boolean {
		return this.isClosed && !this.#reader.isCut && !this.#hasAnswered;
	}

	/**
	Resolves once requests can be sent. Aborting closes it.
	*/
	async connect({signal}: Abortable): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		this.#handTo({
			...idle,
			end(error) {
				reject(error ?? cutOff());
			},
		});
		this.#reader.onceConnected(resolve);
		this.#heedSignal(signal);
		const timer = this.#endAfter(this.#options.connectTimeout, 'The connection did not stand in time.');
		try {
			await promise;
		} finally {
			clearTimeout(timer);
			this.#ignoreSignal();
			this.#reader.handTo(idle);
		}
	}

	/**
	Sends a request, as text in latin1; to be called while the connection is idle. Aborting closes it, until the body of the answer is read.
	*/
	async request(request: string, {signal}: Abortable): Promise<Reply> {
		this.#hasAnswered = false;
		if (this.isClosed) {
			throw this.#reader.error ?? cutOff();
		}

		this.#heedSignal(signal);
		try {
			const head = await this.#ask(request);
			const body = createBodyReader(head);
			let isTaken = false;
			let isOver = false;
			return {
				head,
				drain: async (take, toError) => {
					if (isTaken) {
						throw new TypeError('The body of the answer has been read before.');
					}

					isTaken = true;
					await this.#drain({
						body,
						take,
						toError,
						onDone: () => {
							isOver = true;
							this.#becomeIdle(head);
						},
					});
				},
				abandon: () => {
					// From then on the connection may serve another request.
					if (!isOver) {
						this.destroy();
					}
				},
			};
		} catch (error) {
			this.#ignoreSignal();
			// Not where the server ended it, which `isUnanswered` has to tell from this.
			if (!this.isClosed) {
				this.destroy();
			}

			throw error;
		}
	}

	/**
	Until the next request, or until so many milliseconds have passed, it stays open without keeping the process running.
	*/
	rest(milliseconds: number): void {
		this.#reader.keepProcess(false);
		this.#expiry = setTimeout(() => {
			this.destroy();
		}, milliseconds).unref();
	}

	wake(): void {
		clearTimeout(this.#expiry);
		this.#reader.keepProcess(true);
	}

	destroy(): void {
		this.#reader.destroy();
	}
}

/**
While nothing was asked.
*/
const idle: Receiver = {
	receive() {
		throw new SyntaxViolation('The server sent something before it was asked.');
	},
	end: () => undefined,
};
