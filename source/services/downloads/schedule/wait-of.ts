import {isWithinHours, nextWithinHours} from '../../../format/hours.js';
import {type DownloadSettings, type HoursOfDay} from '../../../types/download.js';
import {describeMoment} from './describe-moment.js';

/**
Why something may not run yet.
*/
export type Wait = {
	/**
	In words, for example `starts at 02:00`.
	*/
	readonly reason: string;
	/**
	When to look again, in milliseconds since 1970; the clock may be changed until then.
	*/
	readonly until: number;
};

/**
Whether the time has come for a download at `now` (milliseconds since 1970); undefined when it has. One without hours of its own keeps to those of the config. Everything is told from the wall clock as it is: where that jumps, the answer does as well.
*/
export function waitOf({startAt, hours}: Pick<DownloadSettings, 'startAt' | 'hours'>, {quietHours, now}: {
	readonly quietHours: HoursOfDay | undefined;
	readonly now: number;
}): Wait | undefined {
	const start = startAt === undefined ? NaN : Date.parse(startAt);
	if (start > now) {
		const [day, time] = describeMoment(start).split(' ', 2);
		const [today] = describeMoment(now).split(' ', 1);
		return {reason: `starts at ${day === today ? time : `${day} ${time}`}`, until: start};
	}

	const allowed = hours ?? quietHours;
	if (allowed === undefined || isWithinHours(allowed, now)) {
		return undefined;
	}

	return {
		reason: `waits for ${allowed.from} (${hours === undefined ? 'quiet hours' : 'its hours'})`,
		until: nextWithinHours(allowed, now),
	};
}
