import {type FileHandle} from 'node:fs/promises';
import {
	addRange,
	intersectRanges,
	normalizeRanges,
	subtractRanges,
	totalBytes,
	type ByteRange,
} from './byte-ranges.js';
import {type WrittenLog} from './written-log.js';

export type RangeStoreOptions = {
	readonly handle: FileHandle;
	readonly log: WrittenLog;
	readonly sizeBytes: number;
	/**
	What is in the file already.
	*/
	readonly written: readonly ByteRange[];
	/**
	Throws if nothing may be added to the file any more.
	*/
	readonly requireWritable: () => void;
	/**
	There is more in the file.
	*/
	readonly onWritten: () => void;
};

/**
The bytes of a partial file: which are there, and who brought them. The first to come stay: what is there, or is being written, is never written over, so that what was hashed is what is there.
*/
export class RangeStore {
	readonly #options: RangeStoreOptions;
	readonly #brought = new Map<string, readonly ByteRange[]>();
	#written: readonly ByteRange[];
	#underWay: readonly ByteRange[] = [];

	constructor(options: RangeStoreOptions) {
		this.#options = options;
		this.#written = options.written;
	}

	async #write(bytes: Uint8Array, position: number): Promise<void> {
		const {handle, requireWritable} = this.#options;
		for (let written = 0; written < bytes.length;) {
			requireWritable();
			// A disk that fills up takes a part first and fails at the next.
			// eslint-disable-next-line no-await-in-loop -- the rest is known only then
			const {bytesWritten} = await handle.write(bytes, written, bytes.length - written, position + written);
			written += bytesWritten;
		}

		requireWritable();
	}

	/**
	What is in the file.
	*/
	get written(): readonly ByteRange[] {
		return this.#written;
	}

	/**
	Brings what is not there yet of a block into the file.
	*/
	async put(block: Uint8Array, position: number, server: string): Promise<void> {
		const {sizeBytes, log, onWritten} = this.#options;
		const end = Math.min(position + block.length, sizeBytes);
		const taken = position < end ? subtractRanges(subtractRanges([{start: position, end}], this.#written), this.#underWay) : [];
		for (const range of taken) {
			this.#underWay = addRange(this.#underWay, range);
		}

		try {
			for (const range of taken) {
				// eslint-disable-next-line no-await-in-loop -- rarely more than one
				await this.#write(block.subarray(range.start - position, range.end - position), range.start);
				log.append(range);
				this.#written = addRange(this.#written, range);
				this.#brought.set(server, addRange(this.#brought.get(server) ?? [], range));
				onWritten();
			}
		} finally {
			this.#underWay = subtractRanges(this.#underWay, taken);
		}
	}

	/**
	What those servers brought and is still there.
	*/
	broughtBy(isMeant: (server: string) => boolean): readonly ByteRange[] {
		const brought = [...this.#brought].flatMap(([server, ranges]) => isMeant(server) ? ranges : []);
		return intersectRanges(this.#written, normalizeRanges(brought));
	}

	/**
	Those bytes count as missing from now on; returns their number.
	*/
	forget(ranges: readonly ByteRange[]): number {
		const before = totalBytes(this.#written);
		this.#written = subtractRanges(this.#written, ranges);
		for (const [server, brought] of this.#brought) {
			this.#brought.set(server, subtractRanges(brought, ranges));
		}

		return before - totalBytes(this.#written);
	}
}
