/**
Seconds as a person reads them: `8 s`, `3 min 20 s`, `2 h 05 min`, `4 d 3 h`; `–` when not known.
*/
export function formatDuration(seconds: number | undefined): string {
	if (seconds === undefined || !Number.isFinite(seconds)) {
		return '–';
	}

	const whole = Math.max(0, Math.round(seconds));
	if (whole < 60) {
		return `${whole} s`;
	}

	const minutes = Math.floor(whole / 60);
	if (minutes < 60) {
		return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
	}

	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/**
The same in one unit, where there is little room: `45 s`, `3 min`, `2 h`, `4 d`.
*/
export function formatShortDuration(seconds: number | undefined): string {
	if (seconds === undefined || !Number.isFinite(seconds)) {
		return '–';
	}

	// Rounded first, or 59.7 s would be written 60 s.
	const whole = Math.max(0, Math.round(seconds));
	const minutes = Math.round(whole / 60);
	const hours = Math.round(whole / 3600);
	if (whole < 60) {
		return `${whole} s`;
	}

	return minutes < 60 ? `${minutes} min` : (hours < 48 ? `${hours} h` : `${Math.round(whole / 86_400)} d`);
}

/**
How long ago an ISO 8601 time was: `just now`, `5 min ago`, `3 d ago`; `never` when there is none.
*/
export function formatAge(time: string | undefined, now: number): string {
	const milliseconds = time === undefined ? NaN : now - Date.parse(time);
	if (Number.isNaN(milliseconds)) {
		return 'never';
	}

	const minutes = Math.floor(milliseconds / 60_000);
	if (minutes < 1) {
		return 'just now';
	}

	if (minutes < 60) {
		return `${minutes} min ago`;
	}

	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

/**
The time of day, local: `09:05:07`.
*/
export function formatClock(milliseconds: number): string {
	const time = new Date(milliseconds);
	return [time.getHours(), time.getMinutes(), time.getSeconds()].map(part => String(part).padStart(2, '0')).join(':');
}

/**
When something happened, local: the time of day where that was today, else date and time without seconds, `2026-01-31 09:05`.
*/
export function formatMoment(milliseconds: number, now: number): string {
	const [day, clock] = [formatDay(milliseconds), formatClock(milliseconds)];
	return day === formatDay(now) ? clock : `${day} ${clock.slice(0, 5)}`;
}

/**
The local date: `2026-01-31`.
*/
export function formatDay(milliseconds: number): string {
	const date = new Date(milliseconds);
	return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, '0')).join('-');
}
