import {type Download} from '../../types/download.js';

/**
Bytes per second that all downloads together brought, one value a second; grows only while something is told.
*/
export type Throughput = {
	/**
	Oldest first, the last three minutes.
	*/
	readonly samples: readonly number[];
	/**
	When the sample that is being taken began, in milliseconds since the epoch; undefined before anything was told.
	*/
	readonly since?: number;
	/**
	What came in since.
	*/
	readonly bytes: number;
};

export const noThroughput: Throughput = {samples: [], bytes: 0};

export const keptSamples = 180;
const sampleLength = 1000;

/**
Counts what came in between two tellings of the queue. What was there before it was told for the first time did not come in just now.
*/
export function addThroughput(throughput: Throughput, before: readonly Download[], now: readonly Download[], at: number): Throughput {
	const {samples, since, bytes: counted} = throughput;
	if (since === undefined || at < since) {
		return {samples, since: at, bytes: 0};
	}

	const bytes = counted + bytesBetween(before, now);
	const length = at - since;
	if (length < sampleLength) {
		return bytes === counted ? throughput : {samples, since, bytes};
	}

	// Nobody may have told anything for a while: all of it has the same share.
	const seconds = Math.floor(length / sampleLength);
	const sample = (bytes / length) * 1000;
	const added = Array.from({length: Math.min(seconds, keptSamples)}, () => sample);
	return {samples: [...samples, ...added].slice(-keptSamples), since: at, bytes: 0};
}

function bytesBetween(before: readonly Download[], now: readonly Download[]): number {
	const fetched = new Map(before.map(({id, fetchedBytes}) => [id, fetchedBytes]));
	let bytes = 0;
	for (const {id, fetchedBytes} of now) {
		// Another run counts from zero again.
		const known = fetched.get(id) ?? fetchedBytes;
		bytes += fetchedBytes >= known ? fetchedBytes - known : fetchedBytes;
	}

	return bytes;
}
