const pattern = /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[ t]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:z|[+\-]\d\d:\d\d)?$/iv;

/**
A moment written after ISO 8601 (a blank may stand for the T), in local time where it names no zone, as ISO 8601 in UTC; undefined for anything else, and for a day that there is not.
*/
export function parseMoment(text: string): string | undefined {
	const {year, month, day} = pattern.exec(text)?.groups ?? {};
	if (year === undefined || month === undefined || day === undefined) {
		return undefined;
	}

	// A parser takes the 31st of February for the 3rd of March.
	const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
	const time = Date.parse(text.toUpperCase().replace(' ', 'T'));
	return Number.isNaN(time) || Number(day) > lastDay ? undefined : new Date(time).toISOString();
}
