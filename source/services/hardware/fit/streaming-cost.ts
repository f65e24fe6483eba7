import {formatBytes} from '../../../format/bytes.js';
import {type FitVerdict, type MemoryNeed} from '../../../types/fit.js';
import {type DiskReport} from '../../../types/hardware.js';
import {memoryMarginBytes} from '../margins.js';
import {memoryBytesOf} from './arrange.js';
import {type Room} from './room.js';

/**
Bytes a second that a disk reads at least, by its kind; what a slow SSD on SATA and a hard disk do.
*/
const diskBytesPerSecond: Readonly<Record<NonNullable<DiskReport['medium']>, number>> = {
	'solid-state': 500_000_000,
	spinning: 150_000_000,
};

/**
Whether a model that does not fit can be run from the disk, because only weights that stay mapped from the file are too many, and what that will cost; undefined where it cannot. The system drops what was used longest ago, which in a run through all layers is what is needed next, so nearly all of what one token needs is read again.
*/
export function streamingCost(need: MemoryNeed, room: Room, {activeShare, medium = 'solid-state'}: {
	/**
	Of the weights, those read for one token.
	*/
	readonly activeShare: number;
	readonly medium?: DiskReport['medium'];
}): FitVerdict['streamable'] {
	const mappedBytes = need.memoryBytes - need.heldBytes;
	const missingBytes = memoryBytesOf(need, room) - room.memoryBytes;
	if (mappedBytes === 0 || missingBytes <= 0 || missingBytes > mappedBytes || need.heldBytes + memoryMarginBytes > room.memoryBytes) {
		return undefined;
	}

	const bytesPerToken = mappedBytes * activeShare;
	const rate = diskBytesPerSecond[medium];
	return {cost: `It can run from the mapped file all the same, but memory lacks ${formatBytes(missingBytes)}, so up to ${formatBytes(bytesPerToken)} are read from the disk for every token: about ${formatRate(rate / bytesPerToken)} where it reads ${formatBytes(rate)} a second.`};
}

function formatRate(tokensPerSecond: number): string {
	return tokensPerSecond >= 1 ? `${tokensPerSecond.toFixed(1)} tokens a second` : `one token in ${Math.ceil(1 / tokensPerSecond)} seconds`;
}
