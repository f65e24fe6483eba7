import {BlockPool} from './block-pool.js';
import {RangeWriter, type RangeWriterOptions} from './range-writer.js';

/**
The writers of one file, with the memory that they share.
*/
export class RangeWriters {
	readonly #blocks: BlockPool;
	/**
	Those that have bytes in memory.
	*/
	readonly #holding = new Set<RangeWriter>();

	/**
	`sizeBytes` of the whole file.
	*/
	constructor(sizeBytes: number) {
		this.#blocks = new BlockPool(sizeBytes);
	}

	open(position: number, put: RangeWriterOptions['put']): RangeWriter {
		return new RangeWriter({
			position,
			put,
			takeBlock: writer => {
				this.#holding.add(writer);
				return this.#blocks.take({isShared: this.#holding.size > 1});
			},
			giveBlock: block => {
				this.#blocks.give(block);
			},
			onEmpty: writer => {
				this.#holding.delete(writer);
			},
		});
	}

	/**
	Resolves once everything taken is in the file. If a writer fails, the others are waited for all the same.
	*/
	async flush(): Promise<void> {
		const flushes = [...this.#holding].map(async writer => writer.flush());
		await Promise.allSettled(flushes);
		await Promise.all(flushes);
	}
}
