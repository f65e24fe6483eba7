import {type HoursOfDay} from '../types/download.js';
import {formatDay} from './duration.js';
import {formatHours, parseHours} from './hours.js';
import {parseMoment} from './moment.js';
import {type Parsed} from './named-numbers.js';

/**
When a download may run: from a moment on (ISO 8601), only within hours of the day, or both.
*/
export type DownloadTimes = {
	readonly startAt?: string;
	readonly hours?: HoursOfDay;
};

const timeOfDay = /^(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)$/v;

/**
The next moment at which it is `02:00` in local time, as ISO 8601; undefined where the text is no time of day.
*/
export function parseTimeOfDay(text: string, now: number): string | undefined {
	const {hour, minute} = timeOfDay.exec(text.trim())?.groups ?? {};
	if (hour === undefined || minute === undefined) {
		return undefined;
	}

	const moment = new Date(now);
	moment.setHours(Number(hour), Number(minute), 0, 0);
	if (moment.getTime() <= now) {
		// By the calendar, for a day may have 23 hours.
		moment.setDate(moment.getDate() + 1);
	}

	return moment.toISOString();
}

/**
The same, or a moment in full such as `2026-01-31T02:00`.
*/
export function parseStart(text: string, now: number): string | undefined {
	return parseMoment(text) ?? parseTimeOfDay(text, now);
}

/**
Reads `02:00`, `23:00-07:00`, or both in any order; nothing at all, or `now`, takes both bounds away.
*/
export function parseDownloadTimes(text: string, now: number): Parsed<DownloadTimes> {
	const words = text.trim().split(/[\s,]+/v).filter(word => word !== '' && word !== 'now');
	let times: DownloadTimes = {};
	for (const word of words) {
		const startAt = parseStart(word, now);
		const hours = parseHours(word);
		if (startAt === undefined && hours === undefined) {
			return {problem: `"${word}" is neither a time such as 02:00 nor hours such as 23:00-07:00.`};
		}

		if ((startAt !== undefined && times.startAt !== undefined) || (hours !== undefined && times.hours !== undefined)) {
			return {problem: 'One time and one span of hours, please: 02:00 23:00-07:00.'};
		}

		times = {...times, ...(startAt !== undefined && {startAt}), ...(hours !== undefined && {hours})};
	}

	return {value: times};
}

/**
A line that `parseDownloadTimes` reads back. A start that is over is none.
*/
export function formatDownloadTimes({startAt, hours}: DownloadTimes, now: number): string {
	return [...(startAt !== undefined && Date.parse(startAt) > now ? [formatStart(startAt, now)] : []), ...(hours === undefined ? [] : [formatHours(hours)])].join(' ');
}

/**
`02:00` where that is the next one, else with its date: `2026-01-31T02:00`.
*/
function formatStart(startAt: string, now: number): string {
	const clock = formatTimeOfDay(startAt);
	return Date.parse(parseTimeOfDay(clock, now) ?? '') === Date.parse(startAt) ? clock : `${formatDay(Date.parse(startAt))}T${clock}`;
}

/**
The local time of day of an ISO 8601 moment: `02:00`.
*/
export function formatTimeOfDay(moment: string): string {
	const time = new Date(moment);
	return [time.getHours(), time.getMinutes()].map(part => String(part).padStart(2, '0')).join(':');
}
