import {ChunkedReader} from './chunked-reader.js';
import {type ReplyHead} from './reply-head.js';
import {SyntaxViolation} from './syntax-violation.js';

/**
Tells the bytes of a body from those that only say where it ends.
*/
export type BodyReader = {
	/**
	Nothing more belongs to the body.
	*/
	readonly isDone: boolean;
	/**
	Whether the body ends where the connection does.
	*/
	readonly endsWithConnection: boolean;
	/**
	The first piece of the body in what came in, as a view that may be empty, and how many bytes were used up, at least one. To be called while not done.
	@throws SyntaxViolation
	*/
	readonly read: (bytes: Uint8Array) => {readonly piece: Uint8Array; readonly used: number};
};

// Beyond it a number is not exact any more.
const length = /^\d{1,15}$/v;

/**
How the body of an answer to a GET is delimited (RFC 9112, 6.3). What could be read in two ways is refused.
@throws SyntaxViolation
*/
export function createBodyReader({status, headers}: ReplyHead): BodyReader {
	const coding = headers['transfer-encoding'];
	const announced = headers['content-length'];
	if (coding !== undefined && (announced !== undefined || coding.toLowerCase() !== 'chunked')) {
		throw new SyntaxViolation('The answer says in two ways, or in an unknown one, where its body ends.');
	}

	if (announced !== undefined && !length.test(announced)) {
		throw new SyntaxViolation('The answer announces a length that is none.');
	}

	if (status === 204 || status === 304) {
		return new LengthReader(0);
	}

	if (coding !== undefined) {
		return new ChunkedReader();
	}

	return announced === undefined ? untilClose : new LengthReader(Number(announced));
}

class LengthReader implements BodyReader {
	#left: number;
	readonly endsWithConnection = false;

	constructor(bytes: number) {
		this.#left = bytes;
	}

	get isDone(): boolean {
		return this.#left === 0;
	}

	read(bytes: Uint8Array) {
		const piece = bytes.subarray(0, this.#left);
		this.#left -= piece.length;
		return {piece, used: piece.length};
	}
}

const untilClose: BodyReader = {
	isDone: false,
	endsWithConnection: true,
	read: bytes => ({piece: bytes, used: bytes.length}),
};
