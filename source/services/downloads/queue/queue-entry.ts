import {
	type Download,
	type DownloadRequest,
	type DownloadSegment,
	type DownloadStatus,
} from '../../../types/download.js';
import {isFinished} from '../../../format/download-status.js';
import {type ErrorReport} from '../../../types/error-report.js';
import {type DownloadRecord} from './download-record.js';
import {drawDownload} from './draw-download.js';
import {logEvent} from './event-log.js';
import {FileProgress} from './file-progress.js';
import {isSame} from './keep-same.js';
import {LiveRun} from './live-run.js';

/**
One download in the memory of the process that runs it: what is kept, and what is only known while it runs.
*/
export class QueueEntry {
	#record: DownloadRecord;
	readonly #progress: FileProgress;
	readonly #now: () => number;
	#run: LiveRun | undefined;
	#activity: string | undefined;
	#view: Download | undefined;
	#isDrawn = false;

	/**
	Not to be tried before (milliseconds of `performance.now()`), because another process has it.
	*/
	blockedUntil = 0;

	/**
	How many calls are about to end it; it must not begin to run meanwhile.
	*/
	halting = 0;

	/**
	With the bytes of each file that are on disk, and a clock in milliseconds since 1970.
	*/
	constructor(record: DownloadRecord, received: readonly number[], now: () => number) {
		this.#record = record;
		this.#progress = new FileProgress(received);
		this.#now = now;
	}

	#time(): string {
		return new Date(this.#now()).toISOString();
	}

	#count(moment: number): void {
		if (this.#run === undefined) {
			return;
		}

		const {seconds, bytes} = this.#run.takeCounts(moment);
		const {activeSeconds, fetchedBytes} = this.#record;
		this.update({activeSeconds: activeSeconds + seconds, fetchedBytes: fetchedBytes + bytes});
	}

	get id(): string {
		return this.#record.id;
	}

	get record(): DownloadRecord {
		return this.#record;
	}

	get request(): DownloadRequest {
		return this.#record.request;
	}

	get status(): DownloadStatus {
		return this.#record.status;
	}

	/**
	Bytes that are still to be written.
	*/
	get remainingBytes(): number {
		return this.#progress.remaining(this.#record.sizes);
	}

	/**
	As others see it; the same object, with the same arrays in it, until something changes.
	*/
	get view(): Download {
		if (!this.#isDrawn || this.#view === undefined) {
			const view = drawDownload(this.#record, this.#progress, {run: this.#run, activity: this.#activity, before: this.#view});
			this.#view = this.#view !== undefined && isSame(this.#view, view) ? this.#view : view;
			this.#isDrawn = true;
		}

		return this.#view;
	}

	update(change: Partial<Omit<DownloadRecord, 'id'>>): void {
		this.#record = {...this.#record, ...change};
		this.#isDrawn = false;
	}

	/**
	Adds a line to the log, with the time.
	*/
	log(text: string): void {
		this.update({events: logEvent(this.#record.events, text, this.#time())});
	}

	/**
	Begins a run at a `moment` of `performance.now()`; the rate starts anew.
	*/
	begin(moment: number): void {
		this.#run = new LiveRun(moment);
		this.#activity = undefined;
		const {again} = this.#record;
		this.update({
			status: 'downloading', error: undefined, finishedAt: undefined, again: again && {...again, at: undefined},
		});
	}

	/**
	Ends a run in a status. How often it was tried again is remembered only where it goes on by itself.
	*/
	end(status: DownloadStatus, {error, activity}: {readonly error?: ErrorReport; readonly activity?: string} = {}): void {
		this.#count(performance.now());
		this.#run = undefined;
		this.#activity = activity;
		const isOver = isFinished(status);
		const {fetchedBytes, resumedBytes} = this.#progress;
		this.update({
			status,
			error,
			finishedAt: isOver ? this.#time() : undefined,
			// Nothing is left of a cancelled one.
			lastRun: isOver && status !== 'cancelled' ? {fetchedBytes, resumedBytes} : undefined,
			again: status === 'pending' ? this.#record.again : undefined,
		});
	}

	/**
	Tries another request, or the same again.
	*/
	renew(request: DownloadRequest, received: readonly number[]): void {
		// What is left of a failed one is gone on with; anything else begins anew.
		const spent = this.status === 'failed' ? {} : {activeSeconds: 0, fetchedBytes: 0};
		this.setAllReceived(received);
		this.end('pending');
		this.update({
			request, sizes: request.files.map(({sizeBytes}) => sizeBytes), commit: undefined, ...spent,
		});
	}

	/**
	What is on disk while nothing runs.
	*/
	setAllReceived(received: readonly number[]): void {
		this.#progress.reset(received);
		this.#isDrawn = false;
	}

	setReceived(index: number, bytes: number): void {
		this.#progress.setReceived(index, bytes);
		this.#isDrawn = false;
	}

	addFetched(index: number, bytes: number): void {
		this.#progress.addFetched(index, bytes);
		this.#run?.addFetched(bytes);
		this.#isDrawn = false;
	}

	setSize(index: number, sizeBytes: number): void {
		if (this.#record.sizes[index] !== sizeBytes) {
			this.update({sizes: this.#record.sizes.with(index, sizeBytes)});
		}
	}

	setCurrentFile(index: number): void {
		this.#run?.setCurrentFile(index);
		this.#isDrawn = false;
	}

	setSegments(segments: readonly DownloadSegment[]): void {
		this.#run?.setSegments(segments);
		this.#isDrawn = false;
	}

	setActivity(activity: string | undefined): void {
		this.#activity = activity;
		this.#isDrawn = false;
	}

	setRetries(retries: number): void {
		if (this.#run === undefined) {
			return;
		}

		this.#run.retries = retries;
		this.#isDrawn = false;
	}

	/**
	Looks at the rate and counts the time, at a `moment` of `performance.now()`.
	*/
	sample(moment: number): void {
		this.#run?.sample(moment);
		this.#count(moment);
	}
}
