import os from 'node:os';
import {Worker} from 'node:worker_threads';
import {RemudaError} from '../../../errors/remuda-error.js';
import {type Abortable} from '../../../types/abortable.js';
import {untilAborted} from '../with-limit.js';
import {type ReadingResult, type ReadingTask} from './reading-task.js';

const mebibyte = 2 ** 20;
// Together far larger than the caches of nearly all processors.
const allBuffersBytes = 256 * mebibyte;
const leastBufferBytes = 32 * mebibyte;
// More than it takes to fill the memory's channels on most machines; each costs its start.
const mostThreads = 16;
const durationMs = 250;

/**
Bytes per second that all usable cores together read from main memory, sustained: the best of the rounds that fit in a quarter of a second. Threads of their own do it, so that nothing else waits.

Of a fast machine with more than 16 cores it may tell too little, of one that is busy too.
@throws RemudaError `bandwidth_failed` when a thread ends before it answers.
*/
export async function measureBandwidth({usableCores, signal}: Abortable & {readonly usableCores: number}): Promise<{readonly bytesPerSecond: number; readonly threads: number}> {
	signal.throwIfAborted();
	const threads = Math.max(1, Math.min(usableCores, mostThreads));
	const bytes = bufferBytes(threads);
	const task: ReadingTask = {
		threads, bytes, durationMs, control: new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT),
	};
	const workers = Array.from({length: threads}, () => new Worker(locateWorker(), {name: 'memory-bandwidth', execArgv: [], workerData: task}));
	try {
		const results = await untilAborted(Promise.all(workers.map(async worker => resultOf(worker))), {signal});
		return {bytesPerSecond: Math.round(fastestRound(results, bytes)), threads};
	} finally {
		await Promise.all(workers.map(async worker => worker.terminate()));
	}
}

// Not more than a quarter of what is free; both halves a whole number of lines.
function bufferBytes(threads: number): number {
	const wanted = Math.max(allBuffersBytes / threads, leastBufferBytes);
	const room = os.freemem() / 4 / threads;
	return Math.max(mebibyte, Math.floor(Math.min(wanted, room) / mebibyte) * mebibyte);
}

/**
Of the rounds that all threads did, all their bytes over the time from the first one's start to the last one's end, at best.
*/
export function fastestRound(results: readonly ReadingResult[], bytes: number): number {
	const [first] = results;
	const rates = (first?.rounds ?? []).map((_, round) => {
		const spans = results.map(({rounds}) => rounds[round]!);
		const start = Math.min(...spans.map(([at]) => at));
		const end = Math.max(...spans.map(([, at]) => at));
		return bytes * results.length / ((end - start) / 1e9);
	});
	return Math.max(...rates);
}

async function resultOf(worker: Worker): Promise<ReadingResult> {
	const {promise, resolve, reject} = Promise.withResolvers<ReadingResult>();
	worker.on('message', resolve);
	worker.on('error', error => {
		reject(failed(error));
	});
	worker.on('exit', () => {
		reject(failed());
	});
	return promise;
}

/**
Beside this module: TypeScript from source, a bundle of its own beside the others.
*/
function locateWorker(): URL {
	return new URL(import.meta.url.endsWith('.ts') ? 'reading-worker.ts' : 'reading-worker.js', import.meta.url);
}

function failed(cause?: unknown): RemudaError {
	return new RemudaError('The bandwidth of the memory could not be measured: a thread that reads it ended.', {code: 'bandwidth_failed', hint: 'Check that memory is free, then try again.', cause});
}
