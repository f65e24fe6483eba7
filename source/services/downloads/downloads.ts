import {type Abortable} from '../../types/abortable.js';
import {type Download, type DownloadRequest} from '../../types/download.js';

/**
The queue. It lives as long as its owner runs it and goes on after a restart from what is on disk.
*/
export type Downloads = {
	/**
	In queue order; the same array until something changes.
	*/
	readonly list: () => readonly Download[];
	/**
	Called at most 10 times a second with progress, and at once for every change of status.
	*/
	readonly subscribe: (listener: (downloads: readonly Download[]) => void) => () => void;
	/**
	Adds to the queue; one that is queued already is returned as it is, one that failed or was cancelled is tried again.
	@throws NoSpaceError `disk_full` when the volume has no room for it, UsageError `already_installed`.
	*/
	readonly add: (request: DownloadRequest) => Promise<Download>;
	readonly pause: (id: string) => Promise<void>;
	/**
	Also tries a failed or cancelled one again.
	*/
	readonly resume: (id: string) => Promise<void>;
	/**
	Stops it and deletes its partial files.
	*/
	readonly cancel: (id: string) => Promise<void>;
	/**
	Takes a completed, failed or cancelled one off the list.
	*/
	readonly forget: (id: string) => Promise<void>;
	/**
	Resolves once the download is completed, failed, cancelled or paused. Aborting only ends the wait.
	*/
	readonly settled: (id: string, options: Abortable) => Promise<Download>;
	/**
	Whether a partial file or folder (a path in the folder of partial files) is still wanted: by a download that is not done, that failed within a day, or that another process works on.
	*/
	readonly isPartialNeeded: (path: string) => Promise<boolean>;
	/**
	Loads the queue kept on disk and starts working through it; with `only`, just through the downloads for which it is true.
	*/
	readonly start: (options?: {readonly only?: (download: Download) => boolean}) => Promise<void>;
	/**
	Stops all transfers, keeps what was received, and resolves once everything is on disk.
	*/
	readonly close: () => Promise<void>;
};
