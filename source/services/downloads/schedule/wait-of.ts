import {type DownloadSettings, type HoursOfDay} from '../../../types/download.js';
import {isWithinHours, nextWithinHours} from './hours.js';

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
		return {reason: `starts at ${describeMoment(start, now)}`, until: start};
	}

	const allowed = hours ?? quietHours;
	if (allowed === undefined || isWithinHours(now, allowed)) {
		return undefined;
	}

	return {
		reason: `waits for ${allowed.from} (${hours === undefined ? 'quiet hours' : 'its hours'})`,
		until: nextWithinHours(now, allowed),
	};
}

/**
`02:00`, or `2026-12-24 02:00` on another day; local time.
*/
function describeMoment(moment: number, now: number): string {
	const date = (time: Date) => [String(time.getFullYear()).padStart(4, '0'), twoDigits(time.getMonth() + 1), twoDigits(time.getDate())].join('-');
	const time = new Date(moment);
	const clock = `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
	return date(time) === date(new Date(now)) ? clock : `${date(time)} ${clock}`;
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}
