import {type Abortable} from '../../../../types/abortable.js';
import {lookUp, type Located, type LookUpOptions} from '../look-up.js';
import {watchForStall} from '../stall-watch.js';

export type FileServerOptions = Pick<LookUpOptions, 'hub' | 'repository' | 'file' | 'signal'> & {
	/**
	Where the hub is, or the mirror.
	*/
	readonly address: URL;
	readonly isHub: boolean;
	readonly revision: () => string;
	/**
	Milliseconds.
	*/
	readonly stall: number;
};

/**
The hub or a mirror, as one that a file can be had from; knows the present address of the bytes.
*/
export class FileServer {
	readonly #options: FileServerOptions;
	#located: Located | undefined;
	#asking: Promise<Located> | undefined;

	/**
	Whether it sends parts of a file; undefined before it did, or did not.
	*/
	sendsRanges: boolean | undefined;

	constructor(options: FileServerOptions) {
		this.#options = options;
	}

	async #ask(): Promise<Located> {
		const {hub, repository, file, revision, address, isHub, stall, signal} = this.#options;
		const watch = watchForStall(stall, () => this.host);
		try {
			this.#located = await lookUp({
				hub, repository, file, revision: revision(), signal: AbortSignal.any([signal, watch.signal]), ...(!isHub && {endpoint: address}),
			});
			return this.#located;
		} finally {
			watch.stop();
			this.#asking = undefined;
		}
	}

	get isHub(): boolean {
		return this.#options.isHub;
	}

	/**
	What its bytes are remembered by.
	*/
	get origin(): string {
		return this.#options.address.origin;
	}

	get host(): string {
		return this.#options.address.host;
	}

	/**
	What it says of the file now, and where the bytes are. All that ask at the same time share one request, which is not ended by the signal of one of them.
	@throws as `lookUp`, NetworkError `stalled`.
	*/
	async locate({signal}: Abortable): Promise<Located> {
		if (this.#located !== undefined) {
			return this.#located;
		}

		this.#asking ??= this.#ask();
		return unlessAborted(this.#asking, signal);
	}

	/**
	An address that does not work, or may be of another file by now, is not given out again; false when it was replaced already.
	*/
	forget(located: Located): boolean {
		if (this.#located !== located) {
			return false;
		}

		this.#located = undefined;
		return true;
	}

	/**
	Asks anew next time.
	*/
	forgetAny(): void {
		this.#located = undefined;
	}
}

async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
	const {promise, reject} = Promise.withResolvers<never>();
	const abort = () => {
		reject(signal.reason as Error);
	};

	signal.addEventListener('abort', abort);
	try {
		if (signal.aborted) {
			abort();
		}

		return await Promise.race([work, promise]);
	} finally {
		signal.removeEventListener('abort', abort);
	}
}
