import {Buffer} from 'node:buffer';

const newline = 0x0A;

/**
Splits a stream of bytes into lines without ever holding more than `maximumLength` bytes of one, and a chunk.
@returns A function to feed chunks to. It calls `onLine` for each whole line; after a line that is too long it calls `onOverflow`, once, and nothing more.
*/
export function createLineReader({maximumLength, onLine, onOverflow}: {
	readonly maximumLength: number;
	readonly onLine: (line: string) => void;
	readonly onOverflow: () => void;
}): (chunk: Uint8Array) => void {
	const pending: Uint8Array[] = [];
	let pendingLength = 0;

	const take = (part: Uint8Array, isWhole: boolean): void => {
		if (pendingLength > maximumLength) {
			return;
		}

		pending.push(part);
		pendingLength += part.length;
		if (pendingLength > maximumLength) {
			pending.length = 0;
			onOverflow();
		} else if (isWhole) {
			const line = Buffer.concat(pending, pendingLength).toString('utf8');
			pending.length = 0;
			pendingLength = 0;
			onLine(line);
		}
	};

	return chunk => {
		let start = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
			take(chunk.subarray(start, end), true);
			start = end + 1;
		}

		take(chunk.subarray(start), false);
	};
}
