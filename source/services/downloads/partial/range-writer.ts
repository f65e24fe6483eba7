export type RangeWriterOptions = {
	readonly position: number;
	/**
	A block to gather bytes in. From then on the writer holds bytes, until `onEmpty`.
	*/
	readonly takeBlock: (writer: RangeWriter) => Uint8Array;
	readonly giveBlock: (block: Uint8Array) => void;
	/**
	Brings a block into the file.
	*/
	readonly put: (block: Uint8Array, position: number) => Promise<void>;
	/**
	The writer holds no bytes any more.
	*/
	readonly onEmpty: (writer: RangeWriter) => void;
};

/**
Writes a range of a partial file from its start on: gathers the small pieces of a network into large writes, and fills one block while the other is written. Holds memory only while it holds bytes, so it needs no closing: `flush` it.
*/
export class RangeWriter {
	readonly #options: RangeWriterOptions;
	#block: Uint8Array | undefined;
	#filled = 0;
	/**
	Of the first byte of the block.
	*/
	#position: number;
	/**
	The write under way; one that failed stays, so that every later call fails as well.
	*/
	#writing: Promise<void> | undefined;
	#hasFailed = false;

	constructor(options: RangeWriterOptions) {
		this.#options = options;
		this.#position = options.position;
	}

	async #split(piece: Uint8Array): Promise<void> {
		for (let offset = 0; offset < piece.length && !this.#hasFailed;) {
			this.#block ??= this.#options.takeBlock(this);
			const end = Math.min(piece.length, offset + this.#block.length - this.#filled);
			// eslint-disable-next-line no-await-in-loop -- the block has to be free before it is filled again
			await this.write(piece.subarray(offset, end));
			offset = end;
		}

		if (this.#hasFailed) {
			await this.#writing;
		}
	}

	async #handOver(): Promise<void> {
		await this.#written();
		const block = this.#block;
		if (block === undefined || this.#filled === 0) {
			return;
		}

		// From the wait on, all of this happens at once: no other call can come between.
		const position = this.#position;
		const length = this.#filled;
		this.#block = undefined;
		this.#position += length;
		this.#filled = 0;
		this.#writing = this.#put(block, {length, position});
		// The next call gets the error.
		this.#writing.catch(() => undefined);
	}

	async #put(block: Uint8Array, {length, position}: {readonly length: number; readonly position: number}): Promise<void> {
		try {
			await this.#options.put(block.subarray(0, length), position);
		} catch (error) {
			// Whoever goes on does so with another writer.
			this.#hasFailed = true;
			this.#letGo();
			throw error;
		} finally {
			this.#options.giveBlock(block);
		}

		this.#writing = undefined;
		if (this.#filled === 0) {
			this.#letGo();
		}
	}

	#letGo(): void {
		if (this.#block !== undefined) {
			this.#options.giveBlock(this.#block);
			this.#block = undefined;
			this.#filled = 0;
		}

		this.#options.onEmpty(this);
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
		if (this.#hasFailed) {
			return this.#written();
		}

		this.#block ??= this.#options.takeBlock(this);
		if (this.#filled + piece.length > this.#block.length) {
			return this.#split(piece);
		}

		this.#block.set(piece, this.#filled);
		this.#filled += piece.length;
		return this.#filled === this.#block.length ? this.#handOver() : undefined;
	}

	/**
	Resolves once everything taken is in the file.
	*/
	async flush(): Promise<void> {
		await this.#handOver();
		await this.#written();
	}
}
