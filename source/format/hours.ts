import {type HoursOfDay} from '../types/download.js';

const pattern = /^(?<from>(?:[01]\d|2[0-3]):[0-5]\d)-(?<to>(?:[01]\d|2[0-3]):[0-5]\d)$/v;

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
