import {type Abortable} from '../../../../types/abortable.js';
import {unlessAborted} from '../../../flow/unless-aborted.js';
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
	async locate(options: Abortable): Promise<Located> {
		if (this.#located !== undefined) {
			return this.#located;
		}

		this.#asking ??= this.#ask();
		return unlessAborted(this.#asking, options);
	}

	/**
	An address that does not work, or may be of another file by now, is not given out again. One that replaced it is kept.
	*/
	forget(located: Located): void {
		if (this.#located === located) {
			this.#located = undefined;
		}
	}

	/**
	Asks anew next time.
	*/
	forgetAny(): void {
		this.#located = undefined;
	}
}
