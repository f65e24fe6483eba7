/**
Seconds that a server asks to wait: `t` of a RateLimit header (`"api";r=0;t=55`), or Retry-After in seconds or as a date, which is reckoned by the server's own clock where it tells it. At most an hour, because a hostile or broken server must not park a download for good.
*/
export function retryAfterSeconds(headers: Readonly<Record<string, string>>, now: number): number | undefined {
	const limit = /;\s*t=(?<seconds>\d+)/v.exec(headers.ratelimit ?? '')?.groups?.seconds;
	// One second more, because the window ends somewhere within the last one.
	const seconds = limit === undefined ? parseRetryAfter(headers['retry-after'], dateOf(headers.date) ?? now) : Number(limit) + 1;
	return seconds === undefined ? undefined : Math.min(Math.max(0, Math.ceil(seconds)), 3600);
}

function parseRetryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined || value.trim() === '') {
		return undefined;
	}

	const seconds = /^\d+$/v.test(value.trim()) ? Number(value) : (Date.parse(value) - now) / 1000;
	return Number.isNaN(seconds) ? undefined : seconds;
}

function dateOf(value: string | undefined): number | undefined {
	const date = Date.parse(value ?? '');
	return Number.isNaN(date) ? undefined : date;
}
