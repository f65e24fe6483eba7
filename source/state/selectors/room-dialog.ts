import {formatBytes} from '../../format/bytes.js';
import {type RoomDialog} from '../dialog.js';

/**
Bytes that removing the chosen models frees.
*/
export function freedBytes({candidates, chosen}: RoomDialog): number {
	let bytes = 0;
	for (const {id, sizeBytes} of candidates) {
		bytes += chosen.has(id) ? sizeBytes : 0;
	}

	return bytes;
}

/**
Why the download cannot begin with what is chosen; undefined where it can.
*/
export function whyNoRoom(dialog: RoomDialog): string | undefined {
	const short = dialog.missingBytes - freedBytes(dialog);
	return short > 0 ? `${formatBytes(short)} more have to go` : undefined;
}
