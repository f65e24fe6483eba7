import {
	parseNamedNumbers,
	formatNamedNumbers,
	type NumberField,
	type Parsed,
} from './named-numbers.js';

/**
How much is fetched at once.
*/
export type DownloadCounts = {
	readonly maxConcurrentDownloads: number;
	readonly connectionsPerFile: number;
};

const fields: readonly NumberField[] = ['downloads', 'connections'].map(name => ({
	name, minimum: 1, maximum: 16, isInteger: true,
}));

/**
One line that `parseDownloadCounts` reads back: `downloads 2 connections 8`.
*/
export function formatDownloadCounts({maxConcurrentDownloads, connectionsPerFile}: DownloadCounts): string {
	return formatNamedNumbers({downloads: maxConcurrentDownloads, connections: connectionsPerFile});
}

/**
What is not named is not in the result.
*/
export function parseDownloadCounts(text: string): Parsed<Partial<DownloadCounts>> {
	const parsed = parseNamedNumbers(text, fields);
	if ('problem' in parsed) {
		return parsed;
	}

	const {downloads, connections} = parsed.value;
	return {
		value: {
			...(downloads !== undefined && {maxConcurrentDownloads: downloads}),
			...(connections !== undefined && {connectionsPerFile: connections}),
		},
	};
}
