import {type BodyReader} from './body-reader.js';
import {SyntaxViolation} from './syntax-violation.js';

export type Take = (piece: Uint8Array) => Promise<void> | undefined;

export type BodyDrainOptions = {
	readonly body: BodyReader;
	/**
	Gets views of what came in; what it throws is thrown as it is.
	*/
	readonly take: Take;
	/**
	What the failure of a connection is to be thrown as.
	*/
	readonly toError: (error: unknown) => Error;
	readonly connection: {
		readonly isClosed: boolean;
		/**
		Goes on reading.
		*/
		readonly resume: () => void;
		/**
		Nothing of it is wanted any more.
		*/
		readonly destroy: () => void;
	};
	/**
	The body is whole, and nothing came behind it.
	*/
	readonly onDone: () => void;
};

/**
Hands a body over as it comes in, one piece after the other.
*/
export class BodyDrain {
	readonly #options: BodyDrainOptions;
	readonly #end = Promise.withResolvers<void>();
	#dealing: Promise<void> | undefined;

	constructor(options: BodyDrainOptions) {
		this.#options = options;
	}

	#stop(error: unknown): void {
		// First, or the end of the connection would be taken for the reason.
		this.#end.reject(error);
		this.#options.connection.destroy();
	}

	/**
	True where a promise has to be waited for before the rest.
	*/
	#hasToWait(piece: Uint8Array, rest: Uint8Array): boolean {
		try {
			const work = piece.length === 0 ? undefined : this.#options.take(piece);
			this.#dealing = work && this.#dealLater(work, rest);
		} catch (error) {
			this.#stop(error);
		}

		return this.#dealing !== undefined;
	}

	async #dealLater(work: Promise<void>, rest: Uint8Array): Promise<void> {
		try {
			await work;
		} catch (error) {
			this.#stop(error);
			return;
		}

		this.#dealing = undefined;
		if (this.deal(rest)) {
			this.#options.connection.resume();
		}
	}

	/**
	Takes what came in, whose memory is left alone until the connection is resumed; false where reading has to stop.
	*/
	deal(bytes: Uint8Array): boolean {
		const {body, connection, toError, onDone} = this.#options;
		try {
			for (let rest = bytes; rest.length > 0 && !connection.isClosed;) {
				if (body.isDone) {
					throw new SyntaxViolation('There is more behind the body than was announced.');
				}

				const {piece, used} = body.read(rest);
				rest = rest.subarray(used);
				if (this.#hasToWait(piece, rest)) {
					return false;
				}
			}
		} catch (error) {
			this.#stop(toError(error));
			return false;
		}

		if (body.isDone && !connection.isClosed) {
			onDone();
			this.#end.resolve();
		}

		return true;
	}

	/**
	The connection is closed, because of an error if there is one.
	*/
	async close(error: Error | undefined): Promise<void> {
		await this.#dealing;
		if (this.#options.body.endsWithConnection && error === undefined) {
			this.#end.resolve();
		} else {
			this.#end.reject(this.#options.toError(error ?? cutOff()));
		}
	}

	/**
	Resolves at the end of the body. Either way the last piece has been dealt with by then.
	*/
	async ended(): Promise<void> {
		return this.#end.promise;
	}
}

/**
The connection ended before the answer did.
*/
export function cutOff(): Error {
	return Object.assign(new Error('The connection was closed before the answer was whole.'), {code: 'ERR_STREAM_PREMATURE_CLOSE'});
}
