import {type ErrorReport} from './error-report.js';
import {type RemoteFile} from './search.js';

export type DownloadStatus = 'pending' | 'downloading' | 'paused' | 'verifying' | 'completed' | 'failed' | 'cancelled';

/**
Those of a higher priority go first, whatever their place in the queue.
*/
export type DownloadPriority = 'high' | 'normal' | 'low';

/**
Hours of the day in local time; `23:00` to `07:00` goes over midnight.
*/
export type HoursOfDay = {
	/**
	`HH:MM`; the first minute in which it is allowed.
	*/
	readonly from: string;
	/**
	`HH:MM`; the first minute in which it is not any more.
	*/
	readonly to: string;
};

/**
What to fetch, resolved from a reference: everything a download needs to go on after a restart.
*/
export type DownloadRequest = {
	/**
	Canonical reference; names the installed model as well.
	*/
	readonly ref: string;
	/**
	Id of the installed model to be.
	*/
	readonly modelId: string;
	readonly name: string;
	readonly source: 'hugging-face';
	readonly repository: string;
	/**
	Commit or branch to ask for.
	*/
	readonly revision: string;
	readonly quantization: string;
	readonly family?: string;
	readonly license?: string;
	/**
	What the repository calls a licence that the hub has no name for.
	*/
	readonly licenseName?: string;
	/**
	Where the repository says that its licence is; https.
	*/
	readonly licenseLink?: string;
	readonly files: readonly RemoteFile[];
};

/**
What the user may say about one download, when it is added or later.
*/
export type DownloadSettings = {
	readonly priority: DownloadPriority;
	/**
	Bytes per second; undefined is no cap of its own.
	*/
	readonly rateLimit?: number;
	/**
	Not before; ISO 8601.
	*/
	readonly startAt?: string;
	/**
	Only within these hours, whatever the config says of quiet hours.
	*/
	readonly hours?: HoursOfDay;
	/**
	Whether it is tried again later, for up to a day without progress, where the network or a server fails it. Else it fails then.
	*/
	readonly keepTrying: boolean;
};

/**
A change of some of the settings; null takes one away.
*/
export type DownloadSettingsChange = {
	/* eslint-disable @typescript-eslint/no-restricted-types -- goes over a socket as JSON, which knows null but not undefined */
	readonly priority?: DownloadPriority;
	readonly rateLimit?: number | null;
	readonly startAt?: string | null;
	readonly hours?: HoursOfDay | null;
	readonly keepTrying?: boolean;
	/* eslint-enable @typescript-eslint/no-restricted-types */
};

/**
Where to move a download in the queue, among those of its priority.
*/
export type QueueMove = 'first' | 'up' | 'down' | 'last';

/**
A range of a file: what is there of it, or is being fetched.
*/
export type DownloadSegment = {
	/**
	First byte.
	*/
	readonly start: number;
	/**
	First byte behind what is there.
	*/
	readonly received: number;
	/**
	First byte behind what the connection was asked for; equal to `received` where nothing is being fetched.
	*/
	readonly end: number;
	/**
	Host that fetches it; undefined where no connection is at it.
	*/
	readonly host?: string;
};

export type DownloadFile = {
	readonly path: string;
	readonly sizeBytes: number;
	readonly receivedBytes: number;
};

/**
One thing that happened to a download.
*/
export type DownloadEvent = {
	/**
	ISO 8601.
	*/
	readonly at: string;
	readonly text: string;
};

/**
One job of the queue: a variant, with a transfer for each of its files.
*/
export type Download = DownloadSettings & {
	readonly id: string;
	readonly request: DownloadRequest;
	readonly status: DownloadStatus;
	/**
	On disk, over all files; never goes backwards while a file is the same.
	*/
	readonly receivedBytes: number;
	readonly totalBytes: number;
	/**
	Over the network in this run.
	*/
	readonly fetchedBytes: number;
	/**
	On disk already when this run began.
	*/
	readonly resumedBytes: number;
	/**
	Smoothed; undefined while not known.
	*/
	readonly bytesPerSecond?: number;
	readonly etaSeconds?: number;
	/**
	Hosts that the bytes come from now.
	*/
	readonly hosts: readonly string[];
	/**
	Open connections that bring bytes.
	*/
	readonly connections: number;
	/**
	What it is doing now, in words, for example `waiting 4 s before retry 2 of 3`.
	*/
	readonly activity?: string;
	/**
	When a download that the network failed is tried again by itself; ISO 8601. Undefined unless it waits for that.
	*/
	readonly retryAt?: string;
	/**
	Failures since the last progress.
	*/
	readonly retries: number;
	/**
	In the order of the request.
	*/
	readonly files: readonly DownloadFile[];
	/**
	Of the file that is being fetched, by position; at most 64, neighbours told as one where there are more. Empty while none is.
	*/
	readonly segments: readonly DownloadSegment[];
	/**
	Position in `files` of the file that is being fetched.
	*/
	readonly currentFile?: number;
	/**
	Oldest first, the last 50; kept over restarts.
	*/
	readonly events: readonly DownloadEvent[];
	/**
	Seconds spent on it so far, over all runs, waiting for retries included.
	*/
	readonly activeSeconds: number;
	/**
	Fetched in all runs over the seconds spent; undefined before anything was.
	*/
	readonly averageBytesPerSecond?: number;
	readonly error?: ErrorReport;
	readonly createdAt: string;
	readonly finishedAt?: string;
};
