import os from 'node:os';
import {setTimeout as delay} from 'node:timers/promises';
import {type Abortable} from '../../types/abortable.js';
import {untilAborted} from './with-limit.js';

export type CpuLoad = {
	/**
	0–100, of all cores together.
	*/
	readonly cpuLoadPercent: number;
	readonly coreLoadPercents: readonly number[];
};

type Times = {readonly busy: number; readonly total: number};
type Sample = {readonly at: number; readonly cores: readonly Times[]};

// The counters of the kernel move every 10 ms.
const shortestSpanMs = 100;

/**
Measures the load of the cores between one reading and the next. Only the first reading waits, a tenth of a second.
*/
export function createCpuMeter(): (options: Abortable) => Promise<CpuLoad> {
	let earlier: Sample | undefined;
	let latest: CpuLoad | undefined;
	return async ({signal}) => {
		if (earlier === undefined) {
			earlier = sample();
			await untilAborted(delay(shortestSpanMs), {signal});
		}

		const now = sample();
		if (latest === undefined || now.at - earlier.at >= shortestSpanMs) {
			latest = loadBetween(earlier.cores, now.cores);
			earlier = now;
		}

		return latest;
	};
}

/**
The load between two readings; a core that came or went counts as idle.
*/
export function loadBetween(earlier: readonly Times[], later: readonly Times[]): CpuLoad {
	const spans = later.map(({busy, total}, index) => ({busy: busy - (earlier[index]?.busy ?? busy), total: total - (earlier[index]?.total ?? total)}));
	return {
		cpuLoadPercent: toPercent({busy: sumOf(spans.map(({busy}) => busy)), total: sumOf(spans.map(({total}) => total))}),
		coreLoadPercents: spans.map(span => toPercent(span)),
	};
}

function sample(): Sample {
	return {
		at: performance.now(),
		cores: os.cpus().map(({times}) => {
			const total = sumOf(Object.values(times));
			return {busy: total - times.idle, total};
		}),
	};
}

function toPercent({busy, total}: Times): number {
	return total <= 0 ? 0 : Math.min(100, Math.max(0, busy / total * 100));
}

function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}
