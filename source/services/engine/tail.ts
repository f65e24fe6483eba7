import {type Readable} from 'node:stream';
import {sanitizeText} from '../../format/sanitize.js';

const maximumLength = 4096;

/**
Reads a stream to its end and keeps only its last part.
@returns A function that gives the last part, sanitised.
*/
export function keepTail(stream: Readable): () => string {
	let tail = '';
	stream.setEncoding('utf8');
	stream.on('data', (chunk: string) => {
		tail = (tail + chunk).slice(-maximumLength);
	});
	stream.on('error', () => {
		// A pipe that breaks with its writer is no news: the exit is.
	});
	return () => sanitizeText(tail).trim();
}
