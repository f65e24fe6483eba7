import {formatBytes, formatRate} from '../../format/bytes.js';
import {formatShortDuration} from '../../format/duration.js';
import {nameWithQuantization} from '../../format/model-name.js';
import {type Download} from '../../types/download.js';
import {type AppState} from '../state.js';
import {isUnfinished} from './variant-keys.js';

export function selectDownload({downloads}: AppState): Download | undefined {
	return downloads.items[downloads.list.cursor];
}

/**
What a key acts on: all that are marked, else the selected one.
*/
export function selectChosenDownloads(state: AppState): readonly Download[] {
	const {items, marked} = state.downloads;
	const selected = selectDownload(state);
	return marked.size > 0 ? items.filter(({id}) => marked.has(id)) : (selected ? [selected] : []);
}

export type DownloadTotals = {
	/**
	Being received or checked now.
	*/
	readonly active: number;
	readonly pending: number;
	readonly bytesPerSecond: number;
	/**
	Until all that is not paused is here; undefined while not known.
	*/
	readonly etaSeconds?: number;
};

export function selectDownloadTotals({downloads}: AppState): DownloadTotals {
	const {items} = downloads;
	const running = items.filter(({status}) => status === 'downloading' || status === 'verifying');
	const pending = items.filter(({status}) => status === 'pending');
	let bytesPerSecond = 0;
	let leftBytes = 0;
	for (const download of [...running, ...pending]) {
		bytesPerSecond += download.bytesPerSecond ?? 0;
		leftBytes += Math.max(0, download.totalBytes - download.receivedBytes);
	}

	return {
		active: running.length,
		pending: pending.length,
		bytesPerSecond,
		...(bytesPerSecond > 0 && leftBytes > 0 && {etaSeconds: leftBytes / bytesPerSecond}),
	};
}

/**
For the header: `↓2 45.3 MB/s 3 min`; undefined while nothing is being downloaded.
*/
export function selectDownloadsStatus(state: AppState): string | undefined {
	const {active, pending, bytesPerSecond, etaSeconds} = selectDownloadTotals(state);
	if (active + pending === 0) {
		return undefined;
	}

	return [
		`↓${active + pending}`,
		...(bytesPerSecond > 0 ? [formatRate(bytesPerSecond)] : []),
		...(etaSeconds === undefined ? [] : [formatShortDuration(etaSeconds)]),
	].join(' ');
}

/**
What quitting would interrupt, a line each.
*/
export function selectRunningDownloads({downloads}: AppState): readonly string[] {
	return downloads.items
		.filter(download => isUnfinished(download) && download.status !== 'paused')
		.map(({request, receivedBytes, totalBytes}) => `Downloading ${nameWithQuantization(request.name, request.quantization)}: ${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`);
}
