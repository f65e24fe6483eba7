import {isSettled} from '../../format/download-status.js';
import {
	type Download,
	type DownloadSettingsChange,
	type DownloadStatus,
	type QueueMove,
} from '../../types/download.js';
import {type LicenseTerms} from '../../types/license.js';
import {type DownloadTarget} from './browse.js';
import {type DownloadLimits} from './downloads.js';

export type DownloadCommand = 'pause' | 'resume' | 'cancel' | 'forget';

/**
What is being carried out for a download.
*/
export type DownloadWork = DownloadCommand | 'configure';

/**
What is being carried out, by the download's id: the same key again does nothing until it has been.
*/
export type WorkingDownloads = ReadonlyMap<string, DownloadWork>;

export type DownloadWorkAction =
	{readonly type: 'downloads/command-requested'; readonly command: DownloadCommand; readonly ids: readonly string[]}
	| {readonly type: 'downloads/configure-requested'; readonly ids: readonly string[]; readonly change: DownloadSettingsChange}
	| {readonly type: 'downloads/work-ended'; readonly work: DownloadWork; readonly ids: readonly string[]}
	| {readonly type: 'downloads/move-requested'; readonly ids: readonly string[]; readonly to: QueueMove}
	| {readonly type: 'downloads/limits-requested'; readonly changes: Partial<DownloadLimits>}
	/**
	Ends the app once the downloads were paused or cancelled.
	*/
	| {readonly type: 'downloads/quit-requested'; readonly command: 'pause' | 'cancel'; readonly ids: readonly string[]}
	| {readonly type: 'downloads/licenses-accepted'; readonly terms: readonly LicenseTerms[]; readonly targets: readonly DownloadTarget[]}
	/**
	Removes installed models, and then downloads what had no room and lets those of the queue go on that had none.
	*/
	| {readonly type: 'downloads/room-requested'; readonly modelIds: readonly string[]; readonly targets: readonly DownloadTarget[]; readonly ids: readonly string[]};

type Tracked = Extract<DownloadWorkAction, {type: 'downloads/command-requested' | 'downloads/quit-requested' | 'downloads/configure-requested' | 'downloads/work-ended'}>;

export function reduceWork(working: WorkingDownloads, action: Tracked): WorkingDownloads {
	switch (action.type) {
		case 'downloads/command-requested':
		case 'downloads/quit-requested': {
			return begin(working, action.command, action.ids);
		}

		case 'downloads/configure-requested': {
			return begin(working, 'configure', action.ids);
		}

		case 'downloads/work-ended': {
			return end(working, action.work, action.ids);
		}
	}
}

function begin(working: WorkingDownloads, work: DownloadWork, ids: readonly string[]): WorkingDownloads {
	return new Map([...working, ...ids.map(id => [id, work] as const)]);
}

/**
What has been begun since for the same download goes on.
*/
function end(working: WorkingDownloads, work: DownloadWork, ids: readonly string[]): WorkingDownloads {
	const left = new Map([...working].filter(([id, current]) => current !== work || !ids.includes(id)));
	return left.size === working.size ? working : left;
}

/**
What the list shows as done is done, whether or not the one who did it has said so yet.
*/
export function stillWorking(working: WorkingDownloads, downloads: readonly Download[]): WorkingDownloads {
	const statuses = new Map(downloads.map(({id, status}) => [id, status]));
	const left = new Map([...working].filter(([id, work]) => !isDone(work, statuses.get(id))));
	return left.size === working.size ? working : left;
}

function isDone(work: DownloadWork, status: DownloadStatus | undefined): boolean {
	switch (work) {
		case 'pause': {
			return status === 'paused';
		}

		case 'resume': {
			return status !== undefined && !isSettled(status);
		}

		case 'cancel': {
			return status === 'cancelled';
		}

		case 'forget': {
			return status === undefined;
		}

		case 'configure': {
			return false;
		}
	}
}
