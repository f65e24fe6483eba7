import {type HoursOfDay} from '../types/download.js';

const pattern = /^(?<from>(?:[01]\d|2[0-3]):[0-5]\d)-(?<to>(?:[01]\d|2[0-3]):[0-5]\d)$/v;
const minute = 60_000;
const minutesOfDay = 1440;

/**
`23:00-07:00` as hours of the day; undefined for anything else, and for hours of no length.
*/
export function parseHours(text: string): HoursOfDay | undefined {
	const {from, to} = pattern.exec(text.trim())?.groups ?? {};
	return from === undefined || to === undefined || from === to ? undefined : {from, to};
}

export function formatHours({from, to}: HoursOfDay): string {
	return `${from}-${to}`;
}

/**
Whether a moment (milliseconds since 1970) lies within hours of the day, in local time, however long that day is.
*/
export function isWithinHours(hours: HoursOfDay, moment: number): boolean {
	const now = minuteOfDay(moment);
	const from = toMinutes(hours.from);
	const to = toMinutes(hours.to);
	return from < to ? now >= from && now < to : now >= from || now < to;
}

/**
Whether hours that were not yet at one moment are at a later one.
*/
export function haveBegun(hours: HoursOfDay | undefined, {before, now}: {readonly before: number; readonly now: number}): boolean {
	return hours !== undefined && !isWithinHours(hours, before) && isWithinHours(hours, now);
}

/**
The first moment from `moment` on that lies within the hours, to the minute.
*/
export function nextWithinHours(hours: HoursOfDay, moment: number): number {
	if (isWithinHours(hours, moment)) {
		return moment;
	}

	const start = Math.floor(moment / minute) * minute;
	const candidate = start + ((toMinutes(hours.from) - minuteOfDay(moment) + minutesOfDay) % minutesOfDay * minute);
	if (new Date(candidate).getTimezoneOffset() === new Date(moment).getTimezoneOffset()) {
		return candidate;
	}

	// The clocks are changed in between: hours may be skipped, and others come twice.
	for (let current = start; current < start + (3 * minutesOfDay * minute); current += minute) {
		if (isWithinHours(hours, current)) {
			return current;
		}
	}

	return candidate;
}

function minuteOfDay(moment: number): number {
	const time = new Date(moment);
	return (time.getHours() * 60) + time.getMinutes();
}

function toMinutes(text: string): number {
	const [hours, minutes] = text.split(':', 2);
	return (Number(hours) * 60) + Number(minutes);
}
