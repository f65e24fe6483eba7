import {formatBytes} from '../../../../format/bytes.js';
import {type PartialFile} from '../../partial/partial-file.js';
import {type LaneClaim} from './lane-claim.js';

// A server that does not do ranges sends the file from its start, whatever of it is there.

export type WholeFileOptions = {
	readonly partial: PartialFile;
	/**
	Whether wrong bytes would be found out.
	*/
	readonly isVerifiable: boolean;
	readonly onNote: (note: string) => void;
};

/**
Makes a claim that of the whole file. Where nothing would tell bytes of two files apart, what is there is thrown away; else it is passed over.
*/
export async function alignWhole(claim: LaneClaim, {partial, isVerifiable, onNote}: WholeFileOptions): Promise<void> {
	const {received, identity} = partial;
	claim.becomeWhole(identity.sizeBytes);
	if (received > 0 && isVerifiable) {
		onNote(`the server cannot resume: passing over the first ${formatBytes(received)}`);
	} else if (received > 0) {
		onNote('the server cannot resume: started again');
		await partial.restart();
	}
}

/**
How many of the next bytes of a claim are not there yet.
*/
export function newBytes({isWhole, position}: LaneClaim, bytes: number, {missing, identity}: PartialFile): number {
	if (!isWhole) {
		return bytes;
	}

	const first = missing[0]?.start ?? identity.sizeBytes;
	return Math.max(0, position + bytes - Math.max(position, first));
}
