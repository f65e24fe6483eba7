import {type DownloadStatus} from '../types/download.js';

const activeStatuses: ReadonlySet<DownloadStatus> = new Set(['downloading', 'verifying']);
const openStatuses: ReadonlySet<DownloadStatus> = new Set(['pending', 'downloading', 'verifying', 'paused']);

/**
Whether a run is at it at this moment.
*/
export function isActive(status: DownloadStatus): boolean {
	return activeStatuses.has(status);
}

/**
Whether bytes are still to be written for it, now or when the user resumes it.
*/
export function isOpen(status: DownloadStatus): boolean {
	return openStatuses.has(status);
}

/**
Whether it is over, however it ended.
*/
export function isFinished(status: DownloadStatus): boolean {
	return !isOpen(status);
}

/**
Whether nothing happens to it any more unless the user asks: it is over or paused.
*/
export function isSettled(status: DownloadStatus): boolean {
	return status === 'paused' || isFinished(status);
}
