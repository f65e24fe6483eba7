import {type DownloadFile} from '../../../types/download.js';
import {keepSame} from './keep-same.js';

/**
How far the files of a download are, each by itself.
*/
export class FileProgress {
	#received: readonly number[] = [];
	/**
	What was there when this process first looked.
	*/
	#resumed: readonly number[] = [];
	/**
	Over the network in this run.
	*/
	#fetched: readonly number[] = [];
	#files: readonly DownloadFile[] = [];

	constructor(received: readonly number[]) {
		this.reset(received);
	}

	get receivedBytes(): number {
		return sum(this.#received);
	}

	get resumedBytes(): number {
		return sum(this.#resumed);
	}

	get fetchedBytes(): number {
		return sum(this.#fetched);
	}

	/**
	What is on disk while nothing runs.
	*/
	reset(received: readonly number[]): void {
		this.#received = received;
		this.#resumed = received;
		this.#fetched = received.map(() => 0);
	}

	setReceived(index: number, bytes: number): void {
		// A file found in place counts as resumed; what was on disk, but had to go, does not.
		this.#resumed = this.#resumed.with(index, this.#fetched[index] === 0 ? bytes : Math.min(this.#resumed[index]!, bytes));
		this.#received = this.#received.with(index, bytes);
	}

	addFetched(index: number, bytes: number): void {
		this.#fetched = this.#fetched.with(index, this.#fetched[index]! + bytes);
	}

	/**
	Bytes that are still to be written, over all files.
	*/
	remaining(sizes: readonly number[]): number {
		return sum(sizes.map((size, index) => Math.max(0, size - this.#received[index]!)));
	}

	/**
	The files as they are shown; the same objects until something changes.
	*/
	files(paths: ReadonlyArray<{readonly path: string}>, sizes: readonly number[]): readonly DownloadFile[] {
		this.#files = keepSame(this.#files, paths.map(({path}, index) => ({path, sizeBytes: sizes[index]!, receivedBytes: this.#received[index]!})));
		return this.#files;
	}
}

export function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
