import {formatDuration} from '../../../../format/duration.js';
import {maximumRetries} from '../retry.js';
import {type LaneWait} from './lane.js';

type Waiting = LaneWait & {readonly until: number};

/**
What a wait is for, how long it still is, and why, in words.
*/
export function describeWait({retry, isAsked, error}: LaneWait, milliseconds: number): string {
	const seconds = formatDuration(Math.ceil(Math.max(0, milliseconds) / 1000));
	const reason = error.message.replace(/\.$/v, '');
	return isAsked
		? `waiting ${seconds}, as the server asks, before retry ${retry} of ${maximumRetries}: ${reason}`
		: `waiting ${seconds} before retry ${retry} of ${maximumRetries}: ${reason}`;
}

/**
The wait that is told where all connections wait: the one that ends first.
*/
export function describeWaits(waits: readonly Waiting[], now: number): string | undefined {
	const first = waits.toSorted((one, other) => one.until - other.until)[0];
	return first === undefined ? undefined : describeWait(first, first.until - now);
}
