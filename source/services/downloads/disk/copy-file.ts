import {open, rm} from 'node:fs/promises';
import {type Abortable} from '../../../types/abortable.js';

// Large enough for a disk's full speed, small enough to stop soon.
const pieceBytes = 1024 * 1024;

/**
Copies a file and has the copy on the disk before it resolves. Unlike Node's own it can be stopped. The copy has the permissions of a new file.
*/
export async function copyFile(from: string, to: string, {signal}: Abortable): Promise<void> {
	await using source = await open(from, 'r');
	// Anew: what lies there may be a link to somewhere else.
	await rm(to, {force: true});
	await using target = await open(to, 'wx');
	const buffer = new Uint8Array(pieceBytes);
	for (let position = 0; ;) {
		signal.throwIfAborted();
		// eslint-disable-next-line no-await-in-loop -- piece by piece
		const {bytesRead} = await source.read(buffer, 0, pieceBytes, position);
		if (bytesRead === 0) {
			break;
		}

		// eslint-disable-next-line no-await-in-loop -- the same; `writeFile` goes on until all is written
		await target.writeFile(buffer.subarray(0, bytesRead));
		position += bytesRead;
	}

	await target.sync();
}
