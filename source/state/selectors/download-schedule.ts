import {isWithinHours, parseHours} from '../../format/hours.js';
import {type Download} from '../../types/download.js';

/**
Whether a download that waits does so for an hour of the day, not for its turn.
*/
export function isScheduled({status, startAt, hours}: Download, {quietHours, now}: {readonly quietHours: string; readonly now: number}): boolean {
	// Its own hours go before those of all.
	const allowed = hours ?? parseHours(quietHours);
	return status === 'pending' && ((startAt !== undefined && Date.parse(startAt) > now) || (allowed !== undefined && !isWithinHours(allowed, now)));
}
