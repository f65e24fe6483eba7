import {formatBytes} from '../../format/bytes.js';
import {type RoomCandidate, type RoomDialog} from '../dialog.js';

/**
Bytes that removing the chosen models frees.
*/
export function freedBytes({candidates, chosen}: RoomDialog): number {
	return sizeOf(candidates.filter(({id}) => chosen.has(id)));
}

/**
Why the download cannot begin with what is chosen; undefined where it can.
*/
export function whyNoRoom(dialog: RoomDialog): string | undefined {
	const {candidates, missingBytes} = dialog;
	const short = missingBytes - freedBytes(dialog);
	if (short <= 0) {
		return undefined;
	}

	return sizeOf(candidates) < missingBytes ? 'all of them together would not be enough' : `${formatBytes(short)} more have to go`;
}

function sizeOf(candidates: readonly RoomCandidate[]): number {
	let bytes = 0;
	for (const {sizeBytes} of candidates) {
		bytes += sizeBytes;
	}

	return bytes;
}
