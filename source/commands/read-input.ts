import {Buffer} from 'node:buffer';
import {UsageError} from '../errors/usage-error.js';
import {type InputStream} from './command.js';

const maximumBytes = 8 * 1024 * 1024;

/**
All of stdin as text.
@throws UsageError `input_too_large` above 8 MiB.
*/
export async function readInput(stdin: InputStream, {signal}: {readonly signal: AbortSignal}): Promise<string> {
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
			if (size > maximumBytes) {
				throw new UsageError('The text on stdin is larger than 8 MiB.', {code: 'input_too_large', hint: 'Give a shorter text.'});
			}

			chunks.push(bytes);
		}
	} finally {
		signal.removeEventListener('abort', stop);
	}

	return Buffer.concat(chunks).toString('utf8');
}
