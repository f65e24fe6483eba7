import {formatBytes, formatRate} from '../format/bytes.js';
import {fitCells} from '../format/cells.js';
import {formatDuration} from '../format/duration.js';
import {type Downloads} from '../services/downloads/downloads.js';
import {type Download} from '../types/download.js';
import {type CommandContext} from './command.js';
import {downloadRecord} from './records.js';
import {createThrottle} from './throttle.js';

export type FollowedDownloads = {
	readonly add: (id: string) => void;
	readonly stop: () => void;
};

/**
Shows the downloads added to it: with `--json` as lines, at most two a second for each; on a terminal as bars.
*/
export function followDownloads({output, flags}: CommandContext, downloads: Downloads): FollowedDownloads {
	const throttles = new Map<string, () => boolean>();
	const isShowsBars = output.progress.visible && flags.quiet !== true;

	const show = (all: readonly Download[]) => {
		const followed = all.filter(({id}) => throttles.has(id));
		for (const download of followed) {
			if (isRunning(download) && throttles.get(download.id)!()) {
				output.event({type: 'progress', ...downloadRecord(download)});
			}
		}

		if (isShowsBars) {
			output.progress.show(followed.filter(download => isRunning(download)).map(download => formatBar(download, output.progress.width)));
		}
	};

	const unsubscribe = downloads.subscribe(show);
	return {
		add(id) {
			throttles.set(id, createThrottle(500));
			show(downloads.list());
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
		activity ?? (status === 'downloading' ? `${formatRate(bytesPerSecond)}  ${formatDuration(etaSeconds)} left` : status),
	].join('  ');
}
