import {quoteFromFile} from './gguf-errors.js';

const others: ReadonlyArray<readonly [pattern: RegExp, what: string]> = [
	[/^version https:\/\/gi/v, 'it is the Git LFS pointer of a model, not the model itself'],
	[/^\s*<(?:!doctype|html|\?xml)/iv, 'it is a web page, perhaps of an error or of a login'],
	[/^\s*\{/v, 'it is JSON text'],
	[/^PK\p{Control}{2}/v, 'it is a zip archive, perhaps a PyTorch model'],
	[/^.{8}\{/sv, 'it seems to be a SafeTensors model'],
	[/^(?:ggml|lmgg|tjgg|fmgg|ggjt|ggla)/v, 'it is in a format of before GGUF'],
	[/^FUGG/v, 'its first bytes are in reverse order'],
	[/^\0+$/v, 'it begins with zeros, as a download that never finished does'],
];

/**
What a file that is not GGUF seems to be, from its first 24 bytes as text.
*/
export function recognizeOther(beginning: string): string {
	return others.find(([pattern]) => pattern.test(beginning))?.[1] ?? `it begins with ${quoteFromFile(beginning.slice(0, 4))}`;
}
