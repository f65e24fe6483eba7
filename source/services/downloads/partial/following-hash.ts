import {Buffer} from 'node:buffer';
import {createHash} from 'node:crypto';
import {type FileHandle} from 'node:fs/promises';
import {type Abortable} from '../../../types/abortable.js';
import {partialLost} from '../transfer/setbacks.js';

const pieceBytes = 1_048_576;

export type Digests = {
	readonly sha256: string;
	/**
	As git names a blob of these bytes.
	*/
	readonly gitSha1?: string;
};

/**
Hashes a file while it grows from its start. What is handed over while it has kept up is hashed from memory; what was on disk before, or came while it was behind, is read back once, in the background.
*/
export class FollowingHash {
	readonly #handle: FileHandle;
	readonly #sha256 = createHash('sha256');
	readonly #gitSha1;
	readonly #stop = new AbortController();
	#position = 0;
	#available = 0;
	#reading: Promise<void> | undefined;

	/**
	`gitSize` is the size of the file where git's own hash is wanted too, which needs it beforehand.
	*/
	constructor(handle: FileHandle, {gitSize}: {readonly gitSize?: number} = {}) {
		this.#handle = handle;
		this.#gitSha1 = gitSize === undefined ? undefined : createHash('sha1').update(`blob ${gitSize}\0`);
	}

	#follow(): void {
		if (!(this.#reading === undefined && this.#position < this.#available) || this.#stop.signal.aborted) {
			return;
		}

		this.#reading = this.#catchUp();
		// Whoever asks for the digest gets the error.
		this.#reading.catch(() => undefined);
	}

	async #catchUp(): Promise<void> {
		const buffer = Buffer.allocUnsafe(pieceBytes);
		while (this.#position < this.#available) {
			this.#stop.signal.throwIfAborted();
			const length = Math.min(pieceBytes, this.#available - this.#position);
			// eslint-disable-next-line no-await-in-loop -- one piece after the other
			const {bytesRead} = await this.#handle.read(buffer, 0, length, this.#position);
			if (bytesRead === 0) {
				throw partialLost();
			}

			this.#update(buffer.subarray(0, bytesRead));
		}

		// Nothing is awaited since the last comparison: from here on blocks are hashed from memory.
		this.#reading = undefined;
	}

	#update(bytes: Uint8Array): void {
		this.#sha256.update(bytes);
		this.#gitSha1?.update(bytes);
		this.#position += bytes.length;
	}

	/**
	Bytes hashed so far, from the start.
	*/
	get position(): number {
		return this.#position;
	}

	/**
	`block` is in the file at `position`, and everything before it too.
	*/
	written(block: Uint8Array, position: number): void {
		this.#available = position + block.length;
		if (this.#reading === undefined && this.#position === position) {
			this.#update(block);
		} else {
			this.#follow();
		}
	}

	/**
	The file has this many bytes from its start.
	*/
	available(bytes: number): void {
		this.#available = bytes;
		this.#follow();
	}

	/**
	The digests of all that is available. Ends the hash.
	*/
	async digest({signal}: Abortable): Promise<Digests> {
		const abort = () => {
			this.#stop.abort(signal.reason);
		};

		signal.addEventListener('abort', abort);
		try {
			signal.throwIfAborted();
			while (this.#position < this.#available) {
				this.#stop.signal.throwIfAborted();
				this.#follow();
				// eslint-disable-next-line no-await-in-loop -- until it has caught up
				await this.#reading;
			}

			await this.#reading;
		} finally {
			signal.removeEventListener('abort', abort);
		}

		return {
			sha256: this.#sha256.digest('hex'),
			...(this.#gitSha1 !== undefined && {gitSha1: this.#gitSha1.digest('hex')}),
		};
	}

	/**
	Stops reading; resolves once the file is not touched any more.
	*/
	async close(): Promise<void> {
		this.#stop.abort();
		await this.#reading?.catch(() => undefined);
	}
}
