import {type Buffer as NodeBuffer, Buffer} from 'node:buffer';
import {type IntegrityError} from '../../../errors/integrity-error.js';
import {type Abortable} from '../../../types/abortable.js';
import {type ByteSource} from './byte-source.js';
import {brokenModelError} from './gguf-errors.js';

const pieceBytes = 256 * 1024;
const lossyDecoder = new TextDecoder();

const strictDecoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/**
Reads a file in order, little-endian, through one small buffer. First `need` the bytes, then take them without waiting; taking more than was needed is a defect.
Nothing past the end of the file is ever asked for: what would be there is a broken model.
*/
export class PieceReader {
	readonly #source: ByteSource;
	readonly #signal: AbortSignal;
	readonly #label: string;
	#buffer: NodeBuffer = Buffer.allocUnsafe(pieceBytes);
	#bufferStart = 0;
	#length = 0;
	#position = 0;

	constructor(label: string, source: ByteSource, {signal}: Abortable) {
		this.#label = label;
		this.#source = source;
		this.#signal = signal;
	}

	#advance(count: number): number {
		const position = this.#position;
		this.#position += count;
		return position;
	}

	/**
	Bytes read or skipped so far.
	*/
	get offset(): number {
		return this.#bufferStart + this.#position;
	}

	/**
	Bytes to the end of the file.
	*/
	get remaining(): number {
		return this.#source.size - this.offset;
	}

	/**
	Whether the next `count` bytes can be taken without waiting.
	*/
	has(count: number): boolean {
		return this.#length - this.#position >= count;
	}

	/**
	Makes the next `count` bytes takable.
	@throws {IntegrityError} `broken_model` where the file ends before.
	*/
	async need(count: number, what: string): Promise<void> {
		if (this.has(count)) {
			return;
		}

		this.assertRemaining(count, what);
		const start = this.offset;
		const kept = this.#buffer.subarray(this.#position, this.#length);
		const next = count > this.#buffer.length ? Buffer.allocUnsafe(count) : this.#buffer;
		kept.copy(next);
		this.#buffer = next;
		this.#bufferStart = start;
		this.#position = 0;
		this.#length = kept.length;
		while (!this.has(count)) {
			this.#signal.throwIfAborted();
			// eslint-disable-next-line no-await-in-loop -- One read follows the other.
			const bytesRead = await this.#source.read(this.#buffer.subarray(this.#length), start + this.#length);
			if (bytesRead === 0) {
				throw this.broken(`it ends in ${what}`);
			}

			this.#length += bytesRead;
		}
	}

	/**
	Moves on by `count` bytes without reading them.
	*/
	skip(count: number, what: string): void {
		this.assertRemaining(count, what);
		if (this.has(count)) {
			this.#position += count;
			return;
		}

		this.#bufferStart = this.offset + count;
		this.#position = 0;
		this.#length = 0;
	}

	assertRemaining(count: number, what: string): void {
		if (count > this.remaining) {
			throw this.broken(`it ends in ${what}`);
		}
	}

	takeUint8(): number {
		return this.#buffer.readUInt8(this.#advance(1));
	}

	takeInt8(): number {
		return this.#buffer.readInt8(this.#advance(1));
	}

	takeUint16(): number {
		return this.#buffer.readUInt16LE(this.#advance(2));
	}

	takeInt16(): number {
		return this.#buffer.readInt16LE(this.#advance(2));
	}

	takeUint32(): number {
		return this.#buffer.readUInt32LE(this.#advance(4));
	}

	takeInt32(): number {
		return this.#buffer.readInt32LE(this.#advance(4));
	}

	takeFloat32(): number {
		return this.#buffer.readFloatLE(this.#advance(4));
	}

	takeFloat64(): number {
		return this.#buffer.readDoubleLE(this.#advance(8));
	}

	takeUint64(): bigint {
		return this.#buffer.readBigUInt64LE(this.#advance(8));
	}

	takeInt64(): bigint {
		return this.#buffer.readBigInt64LE(this.#advance(8));
	}

	takeBoolean(): boolean {
		const byte = this.takeUint8();
		if (byte > 1) {
			throw this.broken(`it holds a boolean of value ${byte}`);
		}

		return byte === 1;
	}

	/**
	A 64-bit count, length or offset; `Infinity` for one that no number holds exactly, so that every check against a limit refuses it.
	*/
	takeLength(): number {
		const position = this.#advance(8);
		const length = (this.#buffer.readUInt32LE(position + 4) * 0x1_00_00_00_00) + this.#buffer.readUInt32LE(position);
		return Number.isSafeInteger(length) ? length : Infinity;
	}

	/**
	Text for people; what is not UTF-8 is replaced.
	*/
	takeText(byteLength: number): string {
		const position = this.#advance(byteLength);
		return lossyDecoder.decode(this.#buffer.subarray(position, position + byteLength));
	}

	/**
	A name that other things refer to: it must be UTF-8.
	*/
	takeName(byteLength: number, what: string): string {
		const position = this.#advance(byteLength);
		try {
			return strictDecoder.decode(this.#buffer.subarray(position, position + byteLength));
		} catch {
			throw this.broken(`${what} is not valid UTF-8`);
		}
	}

	broken(why: string): IntegrityError {
		return brokenModelError(this.#label, why);
	}
}
