import {type Abortable} from '../../../types/abortable.js';
import {Connection, type ConnectionOptions, type Reply} from './connection.js';
import {cutOff} from './cut-off.js';
import {type ReplyHead} from './reply-head.js';
import {formatRequestHead, type RequestHead} from './request-head.js';

export type ClientOptions = Omit<ConnectionOptions, 'onIdle' | 'onClose'> & {
	/**
	Milliseconds that an idle connection is kept where the server does not say for how long it keeps it.
	*/
	readonly keepAliveTimeout: number;
	/**
	And at most, whatever it says.
	*/
	readonly keepAliveMaxTimeout: number;
};

// A server closes at the moment that it names, and a request on its way then is lost.
const margin = 1000;

/**
A client of HTTP/1.1 (RFC 9112) that reads large bodies with as little work as can be. Requests have no body of their own; redirects and proxies are not its business.

As many connections are made as there are requests at once; those that are idle are used again.
*/
export class Client {
	readonly #options: ClientOptions;
	readonly #open = new Set<Connection>();
	readonly #idle = new Set<Connection>();
	#closing: PromiseWithResolvers<void> | undefined;
	#isDestroyed = false;

	constructor(options: ClientOptions) {
		this.#options = options;
	}

	#keep(connection: Connection, head: ReplyHead): void {
		const {keepAliveTimeout, keepAliveMaxTimeout} = this.#options;
		const offered = /(?:^|[\t ,])timeout=(?<seconds>\d{1,6})/iv.exec(head.headers['keep-alive'] ?? '')?.groups?.seconds;
		const milliseconds = Math.min(keepAliveMaxTimeout, offered === undefined ? keepAliveTimeout : (Number(offered) * 1000) - margin);
		if (this.#closing !== undefined || milliseconds <= 0) {
			connection.destroy();
			return;
		}

		this.#idle.add(connection);
		connection.rest(milliseconds);
	}

	#forget(connection: Connection): void {
		this.#open.delete(connection);
		this.#idle.delete(connection);
		if (this.#open.size === 0) {
			this.#closing?.resolve();
		}
	}

	async #connect(url: URL, {signal}: Abortable): Promise<Connection> {
		const connection = new Connection(url, {
			...this.#options,
			onIdle: (idle, head) => {
				this.#keep(idle, head);
			},
			onClose: closed => {
				this.#forget(closed);
			},
		});
		this.#open.add(connection);
		await connection.connect({signal});
		return connection;
	}

	/**
	The one that was used last, because the server is the least likely to have closed it.
	*/
	#takeIdle(url: URL): Connection | undefined {
		const connection = [...this.#idle].findLast(({origin, isClosed}) => origin === url.origin && !isClosed);
		if (connection !== undefined) {
			this.#idle.delete(connection);
			connection.wake();
		}

		return connection;
	}

	/**
	The answer as it comes, whatever its status.
	@throws SyntaxViolation; TypeError for a header that cannot be sent; the signal's reason; errors of the socket, with their codes.
	*/
	async request({url, ...head}: RequestHead, {signal}: Abortable): Promise<Reply> {
		signal.throwIfAborted();
		if (this.#closing !== undefined) {
			throw cutOff();
		}

		const request = formatRequestHead({url, ...head});
		const idle = this.#takeIdle(url);
		try {
			return await (idle ?? await this.#connect(url, {signal})).request(request, {signal});
		} catch (error) {
			// The server closed it while the request was on its way, so it has not been answered and may be asked again (RFC 9112, 9.3.1).
			if (idle?.isUnanswered !== true || this.#isDestroyed) {
				throw error;
			}
		}

		const connection = await this.#connect(url, {signal});
		return connection.request(request, {signal});
	}

	/**
	Resolves once all requests under way are done. From now on there are no others.
	*/
	async close(): Promise<void> {
		this.#closing ??= Promise.withResolvers();
		for (const connection of this.#idle) {
			connection.destroy();
		}

		if (this.#open.size > 0) {
			await this.#closing.promise;
		}
	}

	/**
	Ends requests under way at once. From now on there are no others.
	*/
	destroy(): void {
		this.#isDestroyed = true;
		this.#closing ??= Promise.withResolvers();
		for (const connection of this.#open) {
			connection.destroy();
		}
	}
}
