const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/**
Bytes in powers of 1,000, three digits at least, as hubs and disks count: `2.10 GB`, `734 MB`, `12 B`.
*/
export function formatBytes(bytes: number): string {
	if (!Number.isFinite(bytes)) {
		return '?';
	}

	let value = Math.max(0, bytes);
	let unit = 0;
	// 999.5 would be written 1000.
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}

	const digits = unit === 0 || value >= 99.95 ? 0 : (value >= 9.995 ? 1 : 2);
	return `${value.toFixed(digits)} ${units[unit]}`;
}

/**
Bytes done of all there are, in the unit of the latter: `0.34 / 2.10 GB`.
*/
export function formatBytesOf(doneBytes: number, totalBytes: number): string {
	const total = formatBytes(totalBytes);
	const [number = '', unit = ''] = total.split(' ', 2);
	const power = (units as readonly string[]).indexOf(unit);
	const digits = number.split('.', 2)[1]?.length ?? 0;
	return power === -1 ? `${formatBytes(doneBytes)} / ${total}` : `${(Math.max(0, doneBytes) / (1000 ** power)).toFixed(digits)} / ${total}`;
}

/**
`12.3 MB/s`.
*/
export function formatRate(bytesPerSecond: number | undefined): string {
	return bytesPerSecond === undefined ? '–' : `${formatBytes(bytesPerSecond)}/s`;
}

const sizePattern = /^(?<number>\d+(?:\.\d+)?)\s*(?:(?<unit>[gkmpt])(?<binary>i?))?b?$/iv;

/**
Reads `20GB`, `1.5 TiB`, `500M`, `1024`; undefined for anything else.
*/
export function parseBytes(text: string): number | undefined {
	const {number, unit, binary} = sizePattern.exec(text.trim())?.groups ?? {};
	if (number === undefined) {
		return undefined;
	}

	const power = ['', 'k', 'm', 'g', 't', 'p'].indexOf((unit ?? '').toLowerCase());
	const bytes = Math.round(Number(number) * ((binary?.toLowerCase() === 'i' ? 1024 : 1000) ** power));
	return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/**
Bytes per second: `5MB`, `1.5 MiB/s`, `500 KB/s`; undefined for anything else, and for less than one.
*/
export function parseRate(text: string): number | undefined {
	const bytesPerSecond = parseBytes(text.trim().replace(/\/s$/iv, ''));
	return bytesPerSecond === undefined || bytesPerSecond < 1 ? undefined : bytesPerSecond;
}
