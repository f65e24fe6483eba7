import {type SpeedRange} from '../types/speed.js';
import {formatDuration} from './duration.js';
import {formatCount} from './number.js';

/**
A speed and the band around it, in tokens per second: `≈ 12 (9–15)`, `≈ 4.2 (3.1–5.5)`.
*/
export function formatSpeed({expected, low, high}: SpeedRange): string {
	return `≈ ${formatTokensPerSecond(expected)} (${formatTokensPerSecond(low)}–${formatTokensPerSecond(high)})`;
}

/**
As many digits as an estimate is worth: `0.07`, `4.2`, `61`, `1.2k`.
*/
export function formatTokensPerSecond(value: number): string {
	return value < 0.095 ? value.toFixed(2) : (value < 9.95 ? value.toFixed(1) : formatCount(Math.round(value)));
}

/**
How long one waits: `30 ms`, `1.4 s`, `1 min 18 s`.
*/
export function formatWait(milliseconds: number): string {
	if (milliseconds < 99.5) {
		return `${Math.round(milliseconds)} ms`;
	}

	return milliseconds < 9950 ? `${(milliseconds / 1000).toFixed(1)} s` : formatDuration(milliseconds / 1000);
}
