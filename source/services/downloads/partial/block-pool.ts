import {Buffer} from 'node:buffer';

const smallestBlock = 65_536;
const sharedBlock = 131_072;
const largestBlock = 1_048_576;

/**
The blocks that the writers of one file gather bytes in, used again and again.
*/
export class BlockPool {
	readonly #single: number;
	readonly #shared: number;
	#free: Uint8Array[] = [];

	/**
	`sizeBytes` of the whole file.
	*/
	constructor(sizeBytes: number) {
		// The largest are the fastest, but what is in memory when the process is killed has to be fetched again: that should be a small part of the file.
		this.#single = Math.min(largestBlock, Math.max(smallestBlock, Math.ceil(sizeBytes / 256)));
		// Several writers lose as many blocks.
		this.#shared = Math.min(sharedBlock, Math.max(smallestBlock, Math.ceil(sizeBytes / 1024)));
	}

	/**
	A block; a smaller one where several writers need some at the same time.
	*/
	take({isShared}: {readonly isShared: boolean}): Uint8Array {
		const length = isShared ? this.#shared : this.#single;
		// Those of the other size belong to a number of writers that has passed.
		this.#free = this.#free.filter(block => block.length === length);
		return this.#free.pop() ?? Buffer.allocUnsafeSlow(length);
	}

	give(block: Uint8Array): void {
		this.#free.push(block);
	}
}
