import {type HoursOfDay} from '../../../types/download.js';

const minute = 60_000;
const minutesOfDay = 1440;

/**
Whether a moment (milliseconds since 1970) lies within hours of the day, in local time, however long that day is.
*/
export function isWithinHours(moment: number, hours: HoursOfDay): boolean {
	const now = minuteOfDay(moment);
	const from = toMinutes(hours.from);
	const to = toMinutes(hours.to);
	return from < to ? now >= from && now < to : now >= from || now < to;
}

/**
The first moment from `moment` on that lies within the hours, to the minute.
*/
export function nextWithinHours(moment: number, hours: HoursOfDay): number {
	if (isWithinHours(moment, hours)) {
		return moment;
	}

	const start = Math.floor(moment / minute) * minute;
	const candidate = start + ((toMinutes(hours.from) - minuteOfDay(moment) + minutesOfDay) % minutesOfDay * minute);
	if (new Date(candidate).getTimezoneOffset() === new Date(moment).getTimezoneOffset()) {
		return candidate;
	}

	// The clocks are changed in between: hours may be skipped, and others come twice.
	for (let current = start; current < start + (3 * minutesOfDay * minute); current += minute) {
		if (isWithinHours(current, hours)) {
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
