import {type PartialFile} from '../../partial/partial-file.js';
import {type TransferEvents} from '../transfer-options.js';
import {type LaneClaim} from './lane-claim.js';
import {describeWaits} from './lane-words.js';
import {type Lane} from './lane.js';
import {describeSegments, type SegmentClaim} from './segments.js';

/**
Tells what the connections of a file do, whenever it is called with them.
*/
export function createReport(partial: PartialFile, events: TransferEvents, note: () => string | undefined): (lanes: readonly Lane[]) => void {
	let retries = 0;
	return lanes => {
		const mostRetries = Math.max(0, ...lanes.map(lane => lane.retries));
		if (mostRetries !== retries) {
			retries = mostRetries;
			events.onRetries(retries);
		}

		const claims = lanes.map(({claim}) => claim).filter(claim => claim !== undefined);
		const waits = lanes.map(({waiting}) => waiting).filter(waiting => waiting !== undefined);
		if (claims.some(({host}) => host !== undefined)) {
			events.onActivity(note());
		} else if (claims.length === 0 && waits.length > 0) {
			events.onActivity(describeWaits(waits, performance.now()));
		}

		events.onSegments(describeSegments(partial.written, claims.map(claim => claim.isWhole ? partOf(claim, partial) : claim)));
	};
}

/**
Of a stream that passes over what is there: the first range that it is good for.
*/
function partOf({host}: LaneClaim, {missing, identity}: PartialFile): SegmentClaim {
	const {start, end} = missing[0] ?? {start: identity.sizeBytes, end: identity.sizeBytes};
	return {
		start, position: start, end, host,
	};
}
