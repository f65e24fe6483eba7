import {type BodyReader} from './body-reader.js';
import {cutOff} from './cut-off.js';
import {type Receiver, type SocketReader} from './socket-reader.js';
import {SyntaxViolation} from './syntax-violation.js';

/**
Gets a body piece by piece. A piece is a view of memory that is used again: it holds until this returns, or until the promise that it gives resolves, which the next piece waits for.
*/
export type Take = (piece: Uint8Array) => Promise<void> | undefined;

export type BodyDrainOptions = {
	readonly body: BodyReader;
	/**
	What it throws ends the connection, and is thrown as it is.
	*/
	readonly take: Take;
	/**
	What the failure of a connection is to be thrown as.
	*/
	readonly toError: (error: unknown) => Error;
	readonly reader: Pick<SocketReader, 'isCut' | 'resume' | 'destroy'>;
	/**
	The body is whole, and nothing came behind it.
	*/
	readonly onDone: () => void;
};

/**
Hands a body over as it comes in, one piece after the other.
*/
export class BodyDrain implements Receiver {
	readonly #options: BodyDrainOptions;
	readonly #end = Promise.withResolvers<void>();
	#dealing: Promise<void> | undefined;

	constructor(options: BodyDrainOptions) {
		this.#options = options;
	}

	#fail(error: unknown): void {
		// First, or the end of the connection would be taken for the reason.
		this.#end.reject(error);
		this.#options.reader.destroy();
	}

	#take(piece: Uint8Array): Promise<void> | undefined {
		try {
			return this.#options.take(piece);
		} catch (error) {
			this.#fail(error);
			return undefined;
		}
	}

	async #resumeAfter(work: Promise<void>): Promise<void> {
		try {
			await work;
		} catch (error) {
			this.#fail(error);
			return;
		}

		this.#options.reader.resume();
	}

	async #close(error: Error | undefined): Promise<void> {
		await this.#dealing;
		if (this.#options.body.endsWithConnection && error === undefined) {
			this.#end.resolve();
		} else {
			this.#end.reject(this.#options.toError(error ?? cutOff()));
		}
	}

	receive(bytes: Uint8Array): Uint8Array | undefined {
		const {body, reader, onDone} = this.#options;
		for (let rest = bytes; rest.length > 0 && !reader.isCut;) {
			if (body.isDone) {
				throw new SyntaxViolation('There is more behind the body than was announced.');
			}

			const {piece, used} = body.read(rest);
			rest = rest.subarray(used);
			const work = piece.length === 0 ? undefined : this.#take(piece);
			if (work !== undefined) {
				this.#dealing = this.#resumeAfter(work);
				return rest;
			}
		}

		if (body.isDone && !reader.isCut) {
			onDone();
			this.#end.resolve();
		}

		return undefined;
	}

	end(error: Error | undefined): void {
		void this.#close(error);
	}

	/**
	Resolves at the end of the body. Either way the last piece has been dealt with by then.
	*/
	async ended(): Promise<void> {
		return this.#end.promise;
	}
}
