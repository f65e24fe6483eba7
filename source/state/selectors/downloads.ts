import {formatBytes, formatRate} from '../../format/bytes.js';
import {isActive, isOpen, isSettled} from '../../format/download-status.js';
import {formatShortDuration} from '../../format/duration.js';
import {nameWithQuantization} from '../../format/model-name.js';
import {type Download} from '../../types/download.js';
import {type AppState} from '../state.js';
import {isScheduled} from './download-schedule.js';
import {selectDownloadRows} from './download-rows.js';

export function selectDownload({downloads}: AppState): Download | undefined {
	return selectDownloadRows(downloads.items)[downloads.list.cursor];
}

/**
What a key acts on: all that are marked, else the selected one. In the order of the list.
*/
export function selectChosenDownloads(state: AppState): readonly Download[] {
	const {items, marked} = state.downloads;
	const selected = selectDownload(state);
	return marked.size > 0 ? selectDownloadRows(items).filter(({id}) => marked.has(id)) : (selected ? [selected] : []);
}

/**
It has still something to fetch, so that priority, cap and times mean something.
*/
export function isConfigurable(download: Download): boolean {
	return isOpen(download.status) || download.status === 'failed';
}

/**
Those that run, or will without anybody doing anything.
*/
export function selectUnsettled({downloads}: AppState): readonly Download[] {
	return downloads.items.filter(({status}) => !isSettled(status));
}

export function nameOf({request}: Download): string {
	return nameWithQuantization(request.name, request.quantization);
}

export type DownloadTotals = {
	/**
	Being received or checked now.
	*/
	readonly active: number;
	/**
	For its turn.
	*/
	readonly waiting: number;
	/**
	Wait for a moment or an hour of the day.
	*/
	readonly scheduled: readonly Download[];
	readonly paused: number;
	readonly failed: number;
	readonly bytesPerSecond: number;
	/**
	Of all that run or wait for their turn; of the scheduled ones where there is nothing else.
	*/
	readonly leftBytes: number;
	/**
	Until those bytes are here; undefined while not known.
	*/
	readonly etaSeconds?: number;
};

export function selectDownloadTotals({downloads, screen}: AppState): DownloadTotals {
	const {items, limits} = downloads;
	const count = (wanted: Download['status']) => items.filter(({status}) => status === wanted).length;
	const times = {quietHours: limits?.quietHours ?? '', now: screen.now};
	const scheduled = items.filter(download => isScheduled(download, times));
	let bytesPerSecond = 0;
	let soonBytes = 0;
	for (const download of items) {
		if (isSettled(download.status) || scheduled.includes(download)) {
			continue;
		}

		bytesPerSecond += download.status === 'pending' ? 0 : download.bytesPerSecond ?? 0;
		soonBytes += leftOf(download);
	}

	return {
		active: items.filter(({status}) => isActive(status)).length,
		waiting: count('pending') - scheduled.length,
		scheduled,
		paused: count('paused'),
		failed: count('failed'),
		bytesPerSecond,
		leftBytes: soonBytes > 0 ? soonBytes : sum(scheduled.map(download => leftOf(download))),
		...(bytesPerSecond > 0 && soonBytes > 0 && {etaSeconds: soonBytes / bytesPerSecond}),
	};
}

function leftOf({totalBytes, receivedBytes}: Download): number {
	return Math.max(0, totalBytes - receivedBytes);
}

function sum(numbers: readonly number[]): number {
	let total = 0;
	for (const number of numbers) {
		total += number;
	}

	return total;
}

/**
For the header: `↓2 45.3 MB/s 3 min`; undefined while nothing is being downloaded, or waits for its turn.
*/
export function selectDownloadsStatus(state: AppState): string | undefined {
	const {active, waiting, bytesPerSecond, etaSeconds} = selectDownloadTotals(state);
	if (active + waiting === 0) {
		return undefined;
	}

	return [
		`↓${active + waiting}`,
		...(bytesPerSecond > 0 ? [formatRate(bytesPerSecond)] : []),
		...(etaSeconds === undefined ? [] : [formatShortDuration(etaSeconds)]),
	].join(' ');
}

/**
What runs, a line each: how much of it is here.
*/
export function describeReceived(download: Download): string {
	return `${nameOf(download)}: ${formatBytes(download.receivedBytes)} of ${formatBytes(download.totalBytes)} received`;
}
