import {type DownloadSegment} from '../../../types/download.js';
import {keepSame} from './keep-same.js';
import {createRateMeter, type RateMeter} from './rate-meter.js';

const noSegments: readonly DownloadSegment[] = [];
const maximumSegments = 64;

/**
What is known of a download only while it runs.
*/
export class LiveRun {
	readonly #meter: RateMeter;
	/**
	Up to when the time spent has been asked for.
	*/
	#countedAt: number;
	#uncountedBytes = 0;
	retries = 0;
	currentFile: number | undefined;
	segments = noSegments;
	/**
	Smoothed bytes per second; undefined while not known.
	*/
	rate: number | undefined;
	/**
	Whether bytes come in often enough for the rate to tell how long it will take.
	*/
	isFlowing = false;

	/**
	Begins at a moment of a clock that never jumps, in milliseconds.
	*/
	constructor(now: number) {
		this.#meter = createRateMeter(now);
		this.#countedAt = now;
	}

	addFetched(bytes: number): void {
		this.#meter.add(bytes);
		this.#uncountedBytes += bytes;
	}

	setCurrentFile(index: number): void {
		if (this.currentFile === index) {
			return;
		}

		this.currentFile = index;
		this.segments = noSegments;
	}

	setSegments(segments: readonly DownloadSegment[]): void {
		this.segments = keepSame(this.segments, segments.slice(0, maximumSegments));
	}

	/**
	Looks at the rate, which falls when nothing comes in.
	*/
	sample(now: number): void {
		this.rate = this.#meter.sample(now);
		this.isFlowing = this.#meter.isFlowing(now);
	}

	/**
	Seconds spent and bytes fetched since this was last asked.
	*/
	takeCounts(now: number): {readonly seconds: number; readonly bytes: number} {
		const counts = {seconds: Math.max(0, now - this.#countedAt) / 1000, bytes: this.#uncountedBytes};
		this.#countedAt = now;
		this.#uncountedBytes = 0;
		return counts;
	}
}
