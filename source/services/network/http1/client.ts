import {type Abortable} from '../../../types/abortable.js';
import {Connection, type ConnectionOptions, type Reply} from './connection.js';
import {type ReplyHead} from './reply-head.js';
import {type RequestHead} from './request-head.js';

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
	The answer as it comes, whatever its status.
	@throws SyntaxViolation; the signal's reason; errors of the socket, with their codes.
	*/
	async request(head: RequestHead, {signal}: Abortable): Promise<Reply> {
		signal.throwIfAborted();
		const idle = this.#idle.values().find(({origin, isClosed}) => origin === head.url.origin && !isClosed);
		if (idle === undefined) {
			const connection = await this.#connect(head.url, {signal});
			return connection.request(head, {signal});
		}

		this.#idle.delete(idle);
		idle.wake();
		return idle.request(head, {signal});
	}

	/**
	Resolves once all requests under way are done.
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
	Ends requests under way at once.
	*/
	destroy(): void {
		for (const connection of this.#open) {
			connection.destroy();
		}
	}
}
