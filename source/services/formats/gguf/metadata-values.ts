import {type GgufArray, type GgufMetadata} from './gguf-header.js';

/**
The finite number under a key, else undefined.
*/
export function numberAt(metadata: GgufMetadata, key: string): number | undefined {
	const value = metadata.get(key);
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/**
The text under a key, else undefined; it is not cleaned.
*/
export function textAt(metadata: GgufMetadata, key: string): string | undefined {
	const value = metadata.get(key);
	return typeof value === 'string' ? value : undefined;
}

/**
The array under a key, else undefined.
*/
export function arrayAt(metadata: GgufMetadata, key: string): GgufArray | undefined {
	const value = metadata.get(key);
	return typeof value === 'object' && value.kind === 'array' ? value : undefined;
}

/**
A value that may be one number for all layers or one for each: a number, an array of numbers, or undefined.
*/
export function numberOrNumbersAt(metadata: GgufMetadata, key: string): number | readonly number[] | undefined {
	const values = arrayAt(metadata, key)?.values;
	return values === undefined ? numberAt(metadata, key) : values.filter(value => typeof value === 'number');
}

/**
The largest of them; 0 where there is none.
*/
export function largest(values: number | readonly number[]): number {
	return typeof values === 'number' ? values : Math.max(0, ...values);
}

/**
The largest of what is under a key; undefined where nothing is.
*/
export function largestAt(metadata: GgufMetadata, key: string): number | undefined {
	const values = numberOrNumbersAt(metadata, key);
	return values === undefined ? undefined : largest(values);
}
