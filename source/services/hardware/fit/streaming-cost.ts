import {formatBytes} from '../../../format/bytes.js';
import {type FitVerdict, type MemoryNeed} from '../../../types/fit.js';
import {memoryMarginBytes} from '../margins.js';
import {memoryBytesOf} from './arrange.js';
import {type Room} from './room.js';

/**
Whether a model that does not fit can be run from the disk, because only weights that stay mapped from the file are too many, and what that will cost; undefined where it cannot.
*/
export function streamingCost(need: MemoryNeed, room: Room): FitVerdict['streamable'] {
	const mappedBytes = need.memoryBytes - need.heldBytes;
	const missingBytes = memoryBytesOf(need, room) - room.memoryBytes;
	return mappedBytes === 0 || missingBytes <= 0 || missingBytes > mappedBytes || need.heldBytes + memoryMarginBytes > room.memoryBytes
		? undefined
		: {cost: `It can run from the mapped file all the same, but memory lacks ${formatBytes(missingBytes)}, and most of the ${formatBytes(mappedBytes)} of weights are then read from the disk again for every token: seconds each.`};
}
