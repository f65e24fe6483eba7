import {type Abortable} from '../../../types/abortable.js';
import {type Digests, type FollowingHash} from '../hash/hasher.js';

export type RenewableHashOptions = {
	/**
	Begins with the first byte of the file.
	*/
	readonly follow: () => FollowingHash;
	/**
	How many bytes the file has from its start.
	*/
	readonly prefixBytes: () => number;
};

/**
The hash of a partial file, which can begin anew.
*/
export class RenewableHash {
	readonly #options: RenewableHashOptions;
	#hash: FollowingHash;

	constructor(options: RenewableHashOptions) {
		this.#options = options;
		this.#hash = options.follow();
	}

	/**
	To be called whenever there may be more of the file.
	*/
	keepUp(): void {
		this.#hash.available(this.#options.prefixBytes());
	}

	/**
	Begins with the first byte again, because what was hashed is not there any more.
	*/
	async renew(): Promise<void> {
		await this.#hash.close();
		this.#hash = this.#options.follow();
		this.keepUp();
	}

	/**
	The digests of all that is there. After a failure, whoever asks again gets another chance.
	*/
	async digest({signal}: Abortable): Promise<Digests> {
		try {
			return await this.#hash.digest({signal});
		} catch (error) {
			if (!signal.aborted) {
				await this.renew();
			}

			throw error;
		}
	}

	async close(): Promise<void> {
		await this.#hash.close();
	}
}
