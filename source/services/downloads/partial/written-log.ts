import {Buffer} from 'node:buffer';
import {
	closeSync,
	constants,
	ftruncateSync,
	openSync,
	writeSync,
} from 'node:fs';
import {open} from 'node:fs/promises';
import {noSpace} from '../disk/free-space.js';
import {type ByteRange} from './byte-ranges.js';

const recordBytes = 16;
const maximumBytes = 1_048_576;

/**
What was written to a partial file since its journal was: 16 bytes a range, `start` and `end` as 64-bit little endian. A process may be killed at any moment, so a record is in the file once `append` returns.
*/
export class WrittenLog {
	/**
	Undefined once it is closed: the number may mean another file then.
	*/
	#descriptor: number | undefined;
	/**
	What is in the file.
	*/
	#records: ByteRange[] = [];

	/**
	Opens the log with what is in it, which counts as before every mark.
	*/
	constructor(file: string) {
		// eslint-disable-next-line no-bitwise -- flags of the system
		this.#descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o666);
	}

	get #open(): number {
		if (this.#descriptor === undefined) {
			throw new Error('The log of a partial file was used after it was closed.');
		}

		return this.#descriptor;
	}

	#put(records: readonly ByteRange[], index: number): void {
		const descriptor = this.#open;
		const bytes = Buffer.alloc(records.length * recordBytes);
		for (const [position, {start, end}] of records.entries()) {
			bytes.writeBigUInt64LE(BigInt(start), position * recordBytes);
			bytes.writeBigUInt64LE(BigInt(end), (position * recordBytes) + 8);
		}

		// A disk that fills up may take half a record, which the next one overwrites.
		if (writeSync(descriptor, bytes, 0, bytes.length, index * recordBytes) < bytes.length) {
			throw noSpace('The disk of the models is full.');
		}
	}

	/**
	To be given to `drop`, once all that was appended before is in the journal.
	*/
	get mark(): number {
		return this.#records.length;
	}

	append(range: ByteRange): void {
		this.#put([range], this.#records.length);
		this.#records.push(range);
	}

	/**
	Removes what was appended before the mark. A kill in between leaves records twice, never none.
	*/
	drop(mark: number): void {
		const kept = this.#records.slice(mark);
		this.#put(kept, 0);
		this.#records = kept;
		ftruncateSync(this.#open, kept.length * recordBytes);
	}

	clear(): void {
		this.drop(this.mark);
	}

	close(): void {
		const descriptor = this.#open;
		this.#descriptor = undefined;
		closeSync(descriptor);
	}
}

/**
The ranges that a log names, as they come; none where there is no log. What is left of a torn record at its end is no range.
*/
export async function readWrittenLog(file: string): Promise<readonly ByteRange[]> {
	try {
		await using handle = await open(file, 'r');
		const {size} = await handle.stat();
		const bytes = Buffer.alloc(Math.min(size, maximumBytes));
		const {bytesRead} = await handle.read(bytes, 0, bytes.length, 0);
		return parseRecords(bytes.subarray(0, bytesRead));
	} catch {
		return [];
	}
}

function parseRecords(bytes: Uint8Array): readonly ByteRange[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Array.from({length: Math.floor(bytes.length / recordBytes)}, (_, index) => ({
		start: Number(view.getBigUint64(index * recordBytes, true)),
		end: Number(view.getBigUint64((index * recordBytes) + 8, true)),
	}));
}
