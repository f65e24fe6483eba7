import {formatBytes, formatRate} from '../format/bytes.js';
import {fitCells} from '../format/cells.js';
import {formatDuration} from '../format/duration.js';
import {type Downloads} from '../services/downloads/downloads.js';
import {type Download} from '../types/download.js';
import {type CommandContext} from './command.js';
import {downloadRecord} from './records.js';
import {createThrottle} from './throttle.js';

export type FollowedDownloads = {
	readonly add: (modelId: string) => void;
	readonly isFollowed: (download: Download) => boolean;
	readonly stop: () => void;
};

/**
Shows the downloads added to it: with `--json` as lines, at most two a second for each; on a terminal as bars.
*/
export function followDownloads({output, flags}: CommandContext, downloads: Downloads): FollowedDownloads {
	const throttles = new Map<string, () => boolean>();
	const hasBars = output.progress.visible && flags.quiet !== true;
	const isFollowed = ({request}: Download) => throttles.has(request.modelId);

	const unsubscribe = downloads.subscribe(all => {
		const running = all.filter(download => isFollowed(download) && isRunning(download));
		for (const download of running) {
			if (throttles.get(download.request.modelId)?.() === true) {
				output.event({type: 'progress', ...downloadRecord(download)});
			}
		}

		if (hasBars) {
			output.progress.show(running.map(download => formatBar(download, output.progress.width)));
		}
	});
	return {
		isFollowed,
		add(modelId) {
			throttles.set(modelId, createThrottle(500));
		},
		stop() {
			unsubscribe();
			output.progress.clear();
		},
	};
}

function isRunning({status}: Download): boolean {
	return ['pending', 'downloading', 'verifying'].includes(status);
}

/**
One line: the numbers take some 50 cells, the name and the bar share the rest.
*/
function formatBar({request, status, receivedBytes, totalBytes, bytesPerSecond, etaSeconds, activity}: Download, width: number): string {
	const room = Math.max(0, width - 54);
	const barWidth = Math.min(20, Math.max(6, Math.floor(room / 2)));
	const fraction = totalBytes > 0 ? Math.min(1, receivedBytes / totalBytes) : 0;
	const filled = Math.floor(fraction * barWidth);
	return [
		fitCells(request.modelId, Math.min(32, Math.max(8, room - barWidth))),
		`[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`,
		`${String(Math.floor(fraction * 100)).padStart(3)} %`,
		`${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`,
		activity ?? (status === 'downloading' ? formatSpeed(bytesPerSecond, etaSeconds) : status),
	].join('  ');
}

// What is not known yet is not said.
function formatSpeed(bytesPerSecond: number | undefined, etaSeconds: number | undefined): string {
	const rate = bytesPerSecond === undefined ? '' : formatRate(bytesPerSecond);
	return etaSeconds === undefined ? rate : `${rate}  ${formatDuration(etaSeconds)} left`;
}
