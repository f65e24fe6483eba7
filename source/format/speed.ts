import {type SpeedRange} from '../types/speed.js';
import {formatInteger} from './number.js';

/**
A speed and the band around it, in tokens per second: `≈ 12 (9–15)`, `≈ 4.2 (3.1–5.5)`.
*/
export function formatSpeed({expected, low, high}: SpeedRange): string {
	return `≈ ${significant(expected)} (${significant(low)}–${significant(high)})`;
}

/**
Two digits below ten, whole numbers above: a band is wider than that.
*/
export function significant(value: number): string {
	return value < 9.95 ? value.toFixed(1) : formatInteger(value);
}
