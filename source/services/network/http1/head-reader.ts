import {Buffer} from 'node:buffer';
import {parseReplyHead, type ReplyHead} from './reply-head.js';
import {SyntaxViolation} from './syntax-violation.js';

// As Node and undici allow; it also bounds what it costs to gather a head that comes byte by byte.
const maximumBytes = 16_384;
const emptyLine = '\r\n\r\n';
const beginning = 'HTTP/1.';

/**
Gathers the head of an answer from what comes in. Interim answers, as `103 Early Hints`, are passed over; all of them together may have 16 KiB.
*/
export class HeadReader {
	#gathered = Buffer.alloc(0);
	#passedOver = 0;

	/**
	The head once it is there, with a copy of what came behind it.
	@throws SyntaxViolation
	*/
	read(bytes: Uint8Array): {readonly head: ReplyHead; readonly rest: Uint8Array} | undefined {
		// The end may lie across the border.
		let searched = Math.max(0, this.#gathered.length - emptyLine.length + 1);
		this.#gathered = Buffer.concat([this.#gathered, bytes]);
		for (;;) {
			if (!beginning.startsWith(this.#gathered.toString('latin1', 0, beginning.length))) {
				throw new SyntaxViolation('The answer does not begin as one of HTTP/1.1 does.');
			}

			const end = this.#gathered.indexOf(emptyLine, searched, 'latin1');
			if (this.#passedOver + (end === -1 ? this.#gathered.length : end) > maximumBytes) {
				throw new SyntaxViolation('The head of the answer is too long.');
			}

			if (end === -1) {
				return undefined;
			}

			const head = parseReplyHead(this.#gathered.toString('latin1', 0, end));
			const rest = this.#gathered.subarray(end + emptyLine.length);
			if (head.status >= 200) {
				return {head, rest};
			}

			if (head.status === 101) {
				throw new SyntaxViolation('The answer changes the protocol, which nobody asked for.');
			}

			this.#passedOver += end + emptyLine.length;
			this.#gathered = rest;
			searched = 0;
		}
	}
}
