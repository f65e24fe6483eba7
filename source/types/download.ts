import {type ErrorReport} from './error-report.js';
import {type RemoteFile} from './search.js';

export type DownloadStatus = 'pending' | 'downloading' | 'paused' | 'verifying' | 'completed' | 'failed' | 'cancelled';

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
	readonly files: readonly RemoteFile[];
};

/**
One job of the queue: a variant, with a transfer for each of its files.
*/
export type Download = {
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
	Host that the bytes come from.
	*/
	readonly host?: string;
	/**
	What it is doing now, in words, for example `waiting 4 s before retry 2 of 3`.
	*/
	readonly activity?: string;
	/**
	Failures since the last progress.
	*/
	readonly retries: number;
	readonly error?: ErrorReport;
	readonly createdAt: string;
	readonly finishedAt?: string;
};
