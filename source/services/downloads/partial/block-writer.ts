import {Buffer} from 'node:buffer';
import {type FileHandle} from 'node:fs/promises';

export type BlockWriterOptions = {
	readonly handle: FileHandle;
	readonly position: number;
	/**
	Of the whole file.
	*/
	readonly sizeBytes: number;
	/**
	Called once a block is in the file, in order; the block is reused afterwards.
	*/
	readonly onWritten: (block: Uint8Array, position: number) => void;
};

const smallestBlock = 65_536;
const largestBlock = 1_048_576;

/**
Gathers the small pieces of a network into large writes: one block is filled while the other is written.
*/
export class BlockWriter {
	readonly #handle: FileHandle;
	readonly #onWritten: BlockWriterOptions['onWritten'];
	readonly #blockBytes: number;
	#filling: Uint8Array;
	#spare: Uint8Array;
	#filled = 0;
	#position: number;
	/**
	The write under way; one that failed stays, so that every later call fails as well.
	*/
	#writing: Promise<void> | undefined;

	constructor({handle, position, sizeBytes, onWritten}: BlockWriterOptions) {
		// The largest are the fastest, but what is in memory when the process is killed has to be fetched again: that should be a small part of the file.
		this.#blockBytes = Math.min(largestBlock, Math.max(smallestBlock, Math.ceil(sizeBytes / 256)));
		this.#filling = Buffer.allocUnsafeSlow(this.#blockBytes);
		this.#spare = Buffer.allocUnsafeSlow(this.#blockBytes);
		this.#handle = handle;
		this.#position = position;
		this.#onWritten = onWritten;
	}

	async #split(piece: Uint8Array): Promise<void> {
		for (let offset = 0; offset < piece.length;) {
			const end = Math.min(piece.length, offset + this.#blockBytes - this.#filled);
			// eslint-disable-next-line no-await-in-loop -- the block has to be free before it is filled again
			await this.write(piece.subarray(offset, end));
			offset = end;
		}
	}

	async #handOver(): Promise<void> {
		await this.#written();
		if (this.#filled === 0) {
			return;
		}

		// From the wait on, all of this happens at once: no other call can come between.
		const block = this.#filling.subarray(0, this.#filled);
		const position = this.#position;
		const filled = this.#filling;
		this.#filling = this.#spare;
		this.#spare = filled;
		this.#position += block.length;
		this.#filled = 0;
		this.#writing = this.#put(block, position);
		// The next call gets the error.
		this.#writing.catch(() => undefined);
	}

	async #put(block: Uint8Array, position: number): Promise<void> {
		for (let written = 0; written < block.length;) {
			// A disk that fills up takes a part first and fails at the next.
			// eslint-disable-next-line no-await-in-loop -- the rest is known only then
			const {bytesWritten} = await this.#handle.write(block, written, block.length - written, position + written);
			written += bytesWritten;
		}

		this.#onWritten(block, position);
		this.#writing = undefined;
	}

	async #written(): Promise<void> {
		while (this.#writing !== undefined) {
			// eslint-disable-next-line no-await-in-loop -- another call may have begun the next one
			await this.#writing;
		}
	}

	/**
	Where the next piece goes.
	*/
	get position(): number {
		return this.#position + this.#filled;
	}

	/**
	Takes a piece. A promise means: wait for it before the next one.
	*/
	write(piece: Uint8Array): Promise<void> | undefined {
		if (this.#filled + piece.length > this.#blockBytes) {
			return this.#split(piece);
		}

		this.#filling.set(piece, this.#filled);
		this.#filled += piece.length;
		return this.#filled === this.#blockBytes ? this.#handOver() : undefined;
	}

	/**
	Resolves once everything taken is in the file.
	*/
	async flush(): Promise<void> {
		await this.#handOver();
		await this.#written();
	}
}
