import {type BodyReader} from './body-reader.js';
import {textPattern} from './grammar.js';
import {SyntaxViolation} from './syntax-violation.js';

const nothing = new Uint8Array();
const lineFeed = 0x0A;
// Of a line with a size, and of all trailers together.
const maximumLine = 4096;
const maximumTrailers = 65_536;
// Twelve digits are 281 TB.
const sizeLine = new RegExp(String.raw`^(?<size>[\dA-Fa-f]{1,12})[\t ]*(?:;${textPattern})?$`, 'v');

/**
A body in chunks, each behind a line with its size (RFC 9112, 7.1). Extensions and trailers are passed over.
*/
export class ChunkedReader implements BodyReader {
	#isDone = false;
	#expected: 'size' | 'data' | 'end of data' | 'trailer' = 'size';
	#line = '';
	/**
	Of the chunk that is being read.
	*/
	#left = 0;
	#trailerBytes = 0;
	readonly endsWithConnection = false;

	#takeLine(line: string): void {
		switch (this.#expected) {
			case 'size': {
				const {size} = sizeLine.exec(line)?.groups ?? {};
				if (size === undefined) {
					throw new SyntaxViolation('The body has a chunk without a size.');
				}

				this.#left = Number.parseInt(size, 16);
				this.#expected = this.#left === 0 ? 'trailer' : 'data';
				break;
			}

			case 'end of data': {
				if (line !== '') {
					throw new SyntaxViolation('The body has a chunk that is longer than it says.');
				}

				this.#expected = 'size';
				break;
			}

			case 'trailer': {
				this.#trailerBytes += line.length;
				if (this.#trailerBytes > maximumTrailers) {
					throw new SyntaxViolation('The trailers of the body are too long.');
				}

				this.#isDone = line === '';
				break;
			}

			case 'data': {
				break;
			}
		}
	}

	get isDone(): boolean {
		return this.#isDone;
	}

	read(bytes: Uint8Array) {
		if (this.#expected === 'data') {
			const piece = bytes.subarray(0, this.#left);
			this.#left -= piece.length;
			this.#expected = this.#left === 0 ? 'end of data' : 'data';
			return {piece, used: piece.length};
		}

		const end = bytes.indexOf(lineFeed);
		const used = end === -1 ? bytes.length : end + 1;
		if (this.#line.length + used > maximumLine) {
			throw new SyntaxViolation('The body has a line that is too long.');
		}

		this.#line += String.fromCodePoint(...bytes.subarray(0, used));
		if (end !== -1) {
			if (!this.#line.endsWith('\r\n')) {
				throw new SyntaxViolation('The body has a line that ends in no CR LF.');
			}

			const line = this.#line.slice(0, -2);
			this.#line = '';
			this.#takeLine(line);
		}

		return {piece: nothing, used};
	}
}
