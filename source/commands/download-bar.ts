import {formatBytes, formatRate} from '../format/bytes.js';
import {fitCells} from '../format/cells.js';
import {formatDuration} from '../format/duration.js';
import {type Download} from '../types/download.js';

// More lines than that push what a person has typed off a small screen.
const mostBars = 8;

/**
A line for each download that runs, and one for those that have no room or wait.
*/
export function formatBars(downloads: readonly Download[], width: number): readonly string[] {
	const running = downloads.filter(({status}) => status !== 'pending');
	const waiting = downloads.filter(({status}) => status === 'pending');
	const shown = [...running, ...waiting].slice(0, mostBars);
	const hidden = downloads.length - shown.length;
	return [...shown.map(download => formatBar(download, width)), ...(hidden > 0 ? [`and ${hidden} more`] : [])];
}

/**
One line: the numbers take some 50 cells, the name and the bar share the rest.
*/
function formatBar({request, status, receivedBytes, totalBytes, bytesPerSecond, etaSeconds, activity}: Download, width: number): string {
	const room = Math.max(0, width - 54);
	const barWidth = Math.min(20, Math.max(6, Math.floor(room / 2)));
	return [
		fitCells(request.modelId, Math.min(32, Math.max(8, room - barWidth))),
		drawBar(receivedBytes, totalBytes, barWidth),
		formatPercent(receivedBytes, totalBytes).padStart(5),
		`${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`,
		activity ?? (status === 'downloading' ? formatSpeed(bytesPerSecond, etaSeconds) : status),
	].join('  ');
}

/**
`[####----]`, with `cells` between its ends.
*/
export function drawBar(receivedBytes: number, totalBytes: number, cells: number): string {
	const filled = Math.floor(fractionOf(receivedBytes, totalBytes) * cells);
	return `[${'#'.repeat(filled)}${'-'.repeat(cells - filled)}]`;
}

/**
`42 %`, and 100 only when nothing is missing.
*/
export function formatPercent(receivedBytes: number, totalBytes: number): string {
	return `${Math.floor(fractionOf(receivedBytes, totalBytes) * 100)} %`;
}

function fractionOf(receivedBytes: number, totalBytes: number): number {
	return totalBytes > 0 ? Math.min(1, receivedBytes / totalBytes) : 0;
}

// What is not known yet is not said.
function formatSpeed(bytesPerSecond: number | undefined, etaSeconds: number | undefined): string {
	const rate = bytesPerSecond === undefined ? '' : formatRate(bytesPerSecond);
	return etaSeconds === undefined ? rate : `${rate}  ${formatDuration(etaSeconds)} left`;
}
