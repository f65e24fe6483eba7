import {type Download, type DownloadRequest, type DownloadStatus} from '../../../types/download.js';
import {type ErrorReport} from '../../../types/error-report.js';
import {type DownloadRecord} from './download-record.js';
import {createRateMeter, timeLeft, type RateMeter} from './rate-meter.js';

/**
One download in the memory of the process that runs it: what is kept, and what is only known while it runs.
*/
export class QueueEntry {
	#record: DownloadRecord;
	#received: number[];
	/**
	Of each file, what was there when this process first looked.
	*/
	#resumed: number[];
	/**
	Of each file, over the network in this run.
	*/
	#fetched: number[];
	#host: string | undefined;
	#activity: string | undefined;
	#retries = 0;
	#meter: RateMeter | undefined;
	#rate: number | undefined;
	#view: Download | undefined;

	/**
	Not to be tried before (milliseconds of `performance.now()`), because another process has it.
	*/
	blockedUntil = 0;

	constructor(record: DownloadRecord, received: readonly number[]) {
		this.#record = record;
		this.#received = [...received];
		this.#resumed = [...received];
		this.#fetched = received.map(() => 0);
	}

	#draw(): Download {
		const {id, request, status, sizes, error, createdAt, finishedAt} = this.#record;
		const receivedBytes = sum(this.#received);
		const totalBytes = sum(sizes);
		const rate = status === 'downloading' ? this.#rate : undefined;
		const etaSeconds = timeLeft(totalBytes - receivedBytes, rate);
		return {
			id,
			request,
			status,
			receivedBytes,
			totalBytes,
			fetchedBytes: sum(this.#fetched),
			resumedBytes: sum(this.#resumed),
			...(rate !== undefined && {bytesPerSecond: rate}),
			...(etaSeconds !== undefined && {etaSeconds}),
			hosts: this.#host === undefined ? [] : [this.#host],
			connections: this.#host === undefined ? 0 : 1,
			priority: 'normal',
			files: request.files.map(({path, sizeBytes}, index) => ({path, sizeBytes, receivedBytes: this.#received[index] ?? 0})),
			segments: [],
			events: [],
			activeSeconds: 0,
			...(this.#activity !== undefined && {activity: this.#activity}),
			retries: this.#retries,
			...(error !== undefined && {error}),
			createdAt,
			...(finishedAt !== undefined && {finishedAt}),
		};
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
		return Math.max(0, sum(this.#record.sizes) - sum(this.#received));
	}

	/**
	As others see it; the same object until something changes.
	*/
	get view(): Download {
		this.#view ??= this.#draw();
		return this.#view;
	}

	update(change: Partial<Omit<DownloadRecord, 'id'>>): void {
		this.#record = {...this.#record, ...change};
		this.#view = undefined;
	}

	/**
	Begins a run; the rate starts anew.
	*/
	begin(now: number): void {
		this.#meter = createRateMeter(now);
		this.update({status: 'downloading', error: undefined, finishedAt: undefined});
	}

	/**
	Ends a run in a status.
	*/
	end(status: DownloadStatus, {error, finishedAt, activity}: {readonly error?: ErrorReport; readonly finishedAt?: string; readonly activity?: string} = {}): void {
		this.#meter = undefined;
		this.#rate = undefined;
		this.#host = undefined;
		this.#activity = activity;
		this.#retries = 0;
		this.update({status, error, finishedAt});
	}

	/**
	Tries another request, or the same again.
	*/
	renew(request: DownloadRequest, received: readonly number[]): void {
		this.setAllReceived(received);
		this.end('pending');
		this.update({request, sizes: request.files.map(({sizeBytes}) => sizeBytes), commit: undefined});
	}

	/**
	What is on disk while nothing runs.
	*/
	setAllReceived(received: readonly number[]): void {
		this.#received = [...received];
		this.#resumed = [...received];
		this.#fetched = received.map(() => 0);
		this.#view = undefined;
	}

	setReceived(index: number, bytes: number): void {
		// A file found in place counts as resumed; what was on disk, but had to go, does not.
		this.#resumed[index] = this.#fetched[index] === 0 ? bytes : Math.min(this.#resumed[index] ?? 0, bytes);
		this.#received[index] = bytes;
		this.#view = undefined;
	}

	addFetched(index: number, bytes: number): void {
		this.#fetched[index] = (this.#fetched[index] ?? 0) + bytes;
		this.#meter?.add(bytes);
		this.#view = undefined;
	}

	setSize(index: number, sizeBytes: number): void {
		if (this.#record.sizes[index] !== sizeBytes) {
			this.update({sizes: this.#record.sizes.with(index, sizeBytes)});
		}
	}

	setHost(host: string): void {
		this.#host = host;
		this.#view = undefined;
	}

	setActivity(activity: string | undefined): void {
		this.#activity = activity;
		this.#view = undefined;
	}

	setRetries(retries: number): void {
		this.#retries = retries;
		this.#view = undefined;
	}

	/**
	Looks at the rate, which falls when nothing comes in.
	*/
	sampleRate(now: number): void {
		const rate = this.#meter?.sample(now);
		if (rate === this.#rate) {
			return;
		}

		this.#rate = rate;
		this.#view = undefined;
	}
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
