import {type Abortable} from '../../types/abortable.js';
import {
	type Download,
	type DownloadRequest,
	type DownloadSettings,
	type DownloadSettingsChange,
	type QueueMove,
} from '../../types/download.js';

/**
The queue of downloads. It goes on after a restart from what is on disk.

Two implement it: `createDownloads`, which does the work in this process, and `createDownloadsClient`, which has the worker process do it and shows what it tells.
*/
export type Downloads = {
	/**
	In the order they are worked through; the same array until something changes.
	*/
	readonly list: () => readonly Download[];
	/**
	Called at most 10 times a second with progress, and at once for every change of status.
	*/
	readonly subscribe: (listener: (downloads: readonly Download[]) => void) => () => void;
	/**
	Adds to the queue; one that is queued already is returned as it is but for the settings given, one that failed or was cancelled is tried again. One that keeps trying already is not told to stop doing so.
	@throws NoSpaceError `disk_full` when the volume has no room for it and all that was promised before, UsageError `already_installed`.
	*/
	readonly add: (request: DownloadRequest, settings?: Partial<DownloadSettings>) => Promise<Download>;
	readonly pause: (id: string) => Promise<void>;
	/**
	Also tries a failed or cancelled one again, and at once one that waits to be tried again. From then on it keeps trying.
	@throws NoSpaceError `disk_full` as `add` does; it stays as it is then.
	*/
	readonly resume: (id: string) => Promise<void>;
	/**
	Stops it and deletes its partial files, and what was put in place of it already.
	*/
	readonly cancel: (id: string) => Promise<void>;
	/**
	Takes a completed, failed or cancelled one off the list; what there is of one that is not installed is deleted.
	*/
	readonly forget: (id: string) => Promise<void>;
	readonly move: (id: string, to: QueueMove) => Promise<void>;
	/**
	Takes effect at once, also on one that runs.
	*/
	readonly configure: (id: string, change: DownloadSettingsChange) => Promise<void>;
	/**
	Resolves once the download is completed, failed, cancelled or paused; one that keeps trying has not failed yet. Aborting only ends the wait.
	*/
	readonly settled: (id: string, options: Abortable) => Promise<Download>;
	/**
	Whether a partial file or folder (a path in the folder of partial files) is still wanted: by a download that is not done or that failed, for it may go on from there, or by one that another process works on.
	*/
	readonly isPartialNeeded: (path: string) => Promise<boolean>;
	/**
	Loads the queue kept on disk and has it worked through.
	*/
	readonly start: () => Promise<void>;
	/**
	Ends what this process does of it, keeps what was received, and resolves once everything is on disk.
	*/
	readonly close: () => Promise<void>;
};
