import {Buffer} from 'node:buffer';
import {UsageError} from '../errors/usage-error.js';
import {type InputStream} from './command.js';

const mebibyte = 1024 * 1024;

/**
All of stdin, or of another stream, as text.
@throws UsageError `input_too_large` above 8 MiB, or what is given.
*/
export async function readInput(stdin: InputStream, {signal, name = 'The text on stdin', maximumMebibytes = 8}: {
	readonly signal: AbortSignal;
	/**
	What is read, at the beginning of a sentence.
	*/
	readonly name?: string;
	readonly maximumMebibytes?: number;
}): Promise<string> {
	signal.throwIfAborted();
	const chunks: Uint8Array[] = [];
	let size = 0;
	const stop = () => {
		stdin.destroy(signal.reason as Error);
	};

	signal.addEventListener('abort', stop, {once: true});
	try {
		for await (const chunk of stdin) {
			const bytes = Buffer.from(chunk as Uint8Array | string);
			size += bytes.length;
			if (size > maximumMebibytes * mebibyte) {
				throw new UsageError(`${name} is larger than ${maximumMebibytes} MiB.`, {code: 'input_too_large', hint: 'Give a shorter text.'});
			}

			chunks.push(bytes);
		}
	} finally {
		signal.removeEventListener('abort', stop);
	}

	return Buffer.concat(chunks).toString('utf8');
}
