/**
A moment in milliseconds since 1970 as `2026-12-24 02:00`, in local time.
*/
export function describeMoment(moment: number): string {
	const time = new Date(moment);
	const date = [String(time.getFullYear()).padStart(4, '0'), twoDigits(time.getMonth() + 1), twoDigits(time.getDate())].join('-');
	return `${date} ${timeOfDay(moment)}`;
}

/**
The same without the day: `02:00`.
*/
export function timeOfDay(moment: number): string {
	const time = new Date(moment);
	return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}
