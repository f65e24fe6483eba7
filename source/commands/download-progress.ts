import {isFinished, isSettled} from '../format/download-status.js';
import {sanitizeLine} from '../format/sanitize.js';
import {type Downloads} from '../services/downloads/downloads.js';
import {type Download} from '../types/download.js';
import {type CommandContext} from './command.js';
import {formatBars} from './download-bar.js';
import {downloadRecord} from './records.js';
import {createThrottle} from './throttle.js';

export type FollowedDownloads = {
	/**
	With the download as it was before, where the queue had it already.
	*/
	readonly add: (modelId: string, before?: Download) => void;
	/**
	The download with what was fetched, and what was here, counted from when it was added: whoever works the queue may have been at it before.
	*/
	readonly ofThisRun: (download: Download) => Download;
	/**
	Does something for which the terminal has to be left alone.
	*/
	readonly undisturbed: <Result>(work: () => Promise<Result>) => Promise<Result>;
	readonly stop: () => void;
};

type Followed = {
	readonly isDue: () => boolean;
	/**
	What was told last.
	*/
	received: number;
	/**
	Fetched before this command came.
	*/
	readonly fetchedBefore: number;
};

/**
Shows the downloads added to it, or all: with `--json` as lines, at most two a second for each; on a terminal as bars.

The bytes received that are told of a download never go backwards, unless a line `restarted` has said so before.
*/
export function followDownloads({output, flags}: CommandContext, downloads: Pick<Downloads, 'list' | 'subscribe'>, {all = false}: {readonly all?: boolean} = {}): FollowedDownloads {
	const followed = new Map<string, Followed>();
	const hasBars = output.progress.visible && flags.quiet !== true;
	let isHeld = false;

	const add = (modelId: string, fetchedBefore: number) => {
		const known = followed.get(modelId) ?? {isDue: createThrottle(500), received: 0, fetchedBefore};
		followed.set(modelId, known);
		return known;
	};

	const ofThisRun = (download: Download) => countFrom(download, followed.get(download.request.modelId)?.fetchedBefore ?? 0);

	function tell(download: Download): void {
		const state = all ? add(download.request.modelId, 0) : followed.get(download.request.modelId);
		if (state === undefined) {
			return;
		}

		if (download.receivedBytes < state.received) {
			const reason = download.events.at(-1)?.text ?? download.activity;
			output.event({
				type: 'restarted', ...downloadRecord(ofThisRun(download)), reason,
			});
			if (flags.quiet !== true) {
				output.notice(`${download.request.modelId} starts again: ${sanitizeLine(reason ?? 'the file changed')}`);
			}

			state.received = download.receivedBytes;
		}

		if (!state.isDue()) {
			return;
		}

		state.received = download.receivedBytes;
		output.event({type: 'progress', ...downloadRecord(ofThisRun(download))});
	}

	function show(queue: readonly Download[]): void {
		const running = queue.filter(({request, status}) => (all || followed.has(request.modelId)) && !isSettled(status));
		for (const download of running) {
			tell(download);
		}

		if (hasBars && !isHeld) {
			output.progress.show(formatBars(running, output.progress.width));
		}
	}

	const unsubscribe = downloads.subscribe(show);
	// Where nothing comes in, nothing would be told for long.
	show(downloads.list());
	return {
		add(modelId, before) {
			// One that is over is begun anew, and so is the count.
			add(modelId, before === undefined || isFinished(before.status) ? 0 : before.fetchedBytes);
		},
		ofThisRun,
		async undisturbed(work) {
			output.progress.clear();
			isHeld = true;
			try {
				return await work();
			} finally {
				isHeld = false;
			}
		},
		stop() {
			unsubscribe();
			output.progress.clear();
		},
	};
}

function countFrom(download: Download, fetchedBefore: number): Download {
	const {fetchedBytes: counted, receivedBytes} = download;
	// Fewer than before: whoever works the queue has begun to count anew.
	if (fetchedBefore === 0 || counted < fetchedBefore) {
		return download;
	}

	const fetchedBytes = counted - fetchedBefore;
	return {...download, fetchedBytes, resumedBytes: Math.max(0, receivedBytes - fetchedBytes)};
}
