import {NetworkError} from '../../../../errors/network-error.js';
import {type RemudaError} from '../../../../errors/remuda-error.js';
import {formatDuration} from '../../../../format/duration.js';
import {maximumRetries} from '../retry.js';
import {type LaneWait} from './lane.js';

/**
The message of an error, to go on from in the same line.
*/
export function sentence({message}: RemudaError): string {
	return message.replace(/\.$/v, '');
}

/**
What a wait is for, how long it still is, and why.
*/
export function describeWait({retry, isAsked, error}: LaneWait, milliseconds: number): string {
	const seconds = formatDuration(Math.ceil(Math.max(0, milliseconds) / 1000));
	return isAsked
		? `waiting ${seconds}, as the server asks: ${sentence(error)}`
		: `waiting ${seconds} before retry ${retry} of ${maximumRetries}: ${sentence(error)}`;
}

/**
The wait that is told where all connections wait: the one that ends first.
*/
export function describeWaits(waits: ReadonlyArray<LaneWait & {readonly until: number}>, now: number): string | undefined {
	const first = waits.toSorted((one, other) => one.until - other.until)[0];
	return first === undefined ? undefined : describeWait(first, first.until - now);
}

/**
A line for the log of the download.
*/
export function describeRetry({error, retry, waitMilliseconds, isAsked}: LaneWait): string {
	if (error.code === 'link_expired') {
		return 'the address of the file had expired: asked for a new one';
	}

	const when = waitMilliseconds < 1000 ? '' : ` in ${formatDuration(waitMilliseconds / 1000)}`;
	return isAsked ? `${sentence(error)}: trying again${when}` : `${sentence(error)}: retry ${retry}${when}`;
}

/**
All servers were left, for whatever reasons.
*/
export function noServer(): NetworkError {
	return new NetworkError('No server is left that has the file.', {code: 'no_server', hint: 'Resume the download later, or check the mirrors.'});
}

/**
Another connection brings bytes, so this one, which could only begin at the start of the file, is of no use.
*/
export function rangesIgnored(host: string): NetworkError {
	return new NetworkError(`${host} sends only whole files.`, {code: 'ranges_ignored', hint: 'Resume the download later.'});
}
