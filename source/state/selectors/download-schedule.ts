import {isWithinHours, parseHours} from '../../format/hours.js';
import {type Download} from '../../types/download.js';

/**
Whether a download that waits does so for a moment or an hour of the day, not for its turn.
*/
export function isScheduled({status, startAt, retryAt, hours}: Download, {quietHours, now}: {readonly quietHours: string; readonly now: number}): boolean {
	// Its own hours go before those of all.
	const allowed = hours ?? parseHours(quietHours);
	const isLater = (moment: string | undefined) => moment !== undefined && Date.parse(moment) > now;
	return status === 'pending' && (isLater(startAt) || isLater(retryAt) || (allowed !== undefined && !isWithinHours(allowed, now)));
}
