import {Buffer} from 'node:buffer';
import {type FileHandle} from 'node:fs/promises';

export type BlockWriterOptions = {
	readonly handle: FileHandle;
	readonly position: number;
	/**
	Called once a block is in the file, in order; the block is reused afterwards.
	*/
	readonly onWritten: (block: Uint8Array, position: number) => void;
};

// Large enough for the disk, small enough that a killed process has little to fetch again.
const blockBytes = 262_144;

/**
Gathers the small pieces of a network into large writes: one block is filled while the other is written.
*/
export class BlockWriter {
	readonly #handle: FileHandle;
	readonly #onWritten: BlockWriterOptions['onWritten'];
	#filling = Buffer.allocUnsafeSlow(blockBytes);
	#spare = Buffer.allocUnsafeSlow(blockBytes);
	#filled = 0;
	#position: number;
	#writing: Promise<void> = Promise.resolve();

	constructor({handle, position, onWritten}: BlockWriterOptions) {
		this.#handle = handle;
		this.#position = position;
		this.#onWritten = onWritten;
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
		if (this.#filled + piece.length > blockBytes) {
			return this.#split(piece);
		}

		this.#filling.set(piece, this.#filled);
		this.#filled += piece.length;
		return this.#filled === blockBytes ? this.#handOver() : undefined;
	}

	/**
	Resolves once everything taken is in the file.
	*/
	async flush(): Promise<void> {
		if (this.#filled > 0) {
			await this.#handOver();
		}

		await this.#writing;
	}

	async #split(piece: Uint8Array): Promise<void> {
		for (let offset = 0; offset < piece.length;) {
			const end = Math.min(piece.length, offset + blockBytes - this.#filled);
			// eslint-disable-next-line no-await-in-loop -- the block has to be free before it is filled again
			await this.write(piece.subarray(offset, end));
			offset = end;
		}
	}

	async #handOver(): Promise<void> {
		await this.#writing;
		const block = this.#filling.subarray(0, this.#filled);
		[this.#filling, this.#spare] = [this.#spare, this.#filling];
		this.#writing = this.#put(block, this.#position);
		// The next call that waits for it gets the error.
		this.#writing.catch(() => undefined);
		this.#position += block.length;
		this.#filled = 0;
	}

	async #put(block: Uint8Array, position: number): Promise<void> {
		for (let written = 0; written < block.length;) {
			// A disk that fills up takes a part first and fails at the next.
			// eslint-disable-next-line no-await-in-loop -- the rest is known only then
			const {bytesWritten} = await this.#handle.write(block, written, block.length - written, position + written);
			written += bytesWritten;
		}

		this.#onWritten(block, position);
	}
}
