import {parseStart} from '../format/download-times.js';
import {parseHours} from '../format/hours.js';
import {parseRate} from '../format/bytes.js';
import {type DownloadPriority, type HoursOfDay, type QueueMove} from '../types/download.js';
import {type ValueKind} from './flags.js';

// What a download can be told, as words of a command line.

const priorities: readonly DownloadPriority[] = ['high', 'normal', 'low'];
const moves: readonly QueueMove[] = ['first', 'up', 'down', 'last'];

export const priorityKind: ValueKind<DownloadPriority> = {
	wanted: 'high, normal or low',
	read: text => priorities.find(priority => priority === text.toLowerCase()),
};

export const moveKind: ValueKind<QueueMove> = {
	wanted: 'first, up, down or last',
	read: text => moves.find(move => move === text.toLowerCase()),
};

/**
Bytes per second.
*/
export const rateKind: ValueKind<number> = {wanted: 'a rate such as 5MB or 500KB', read: parseRate};

export const hoursKind: ValueKind<HoursOfDay> = {wanted: 'hours such as 23:00-07:00', read: parseHours};

/**
ISO 8601: the next time it is `02:00`, or the moment that was written in full.
*/
export const momentKind: ValueKind<string> = {
	wanted: 'a time such as 02:00, or 2026-12-31T02:00',
	read: text => parseStart(text, Date.now()),
};

/**
`none` takes a setting away.
*/
export function orNone<Value>({wanted, read}: ValueKind<Value>): ValueKind<Value | 'none'> {
	return {wanted: `${wanted}, or none`, read: text => text.toLowerCase() === 'none' ? 'none' : read(text)};
}
