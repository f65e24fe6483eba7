import {toErrorReport} from '../../../errors/to-error-report.js';
import {formatBytes, formatRate} from '../../../format/bytes.js';
import {formatDuration} from '../../../format/duration.js';
import {type Abortable} from '../../../types/abortable.js';
import {toDiskError} from '../disk/to-disk-error.js';
import {describeAgain, type Again} from './again.js';
import {type DownloadRecord} from './download-record.js';
import {type QueueEntry} from './queue-entry.js';
import {type Intent} from './run-list.js';

const heldMilliseconds = 2000;

/**
One run of a download from its begin to its end, which is written down in the entry: completed, failed and why, to be tried again, or stopped as was wanted. Never rejects.
*/
export async function carryOutRun(entry: QueueEntry, {signal, run, intent, planAgain, discard, save}: Abortable & {
	/**
	Does the work; `held` when another process is at it.
	*/
	readonly run: () => Promise<'done' | 'held'>;
	/**
	Why it was told to stop.
	*/
	readonly intent: () => Intent | undefined;
	readonly planAgain: (record: DownloadRecord, error: unknown) => Again | undefined;
	readonly discard: () => Promise<void>;
	/**
	Keeps the record; never rejects.
	*/
	readonly save: () => Promise<void>;
}): Promise<void> {
	try {
		if (await run() === 'held') {
			entry.blockedUntil = performance.now() + heldMilliseconds;
			if (entry.status !== 'pending') {
				// It was taken over in the middle.
				entry.end('pending');
			}

			return;
		}

		entry.end('completed');
		entry.log(describeCompletion(entry));
	} catch (error) {
		if (!signal.aborted) {
			fail(entry, error, planAgain);
		} else if (intent() === 'cancel') {
			await discard();
			entry.end('cancelled');
			entry.log('cancelled');
		} else if (intent() === 'pause') {
			entry.end('paused');
			entry.log('paused');
		} else {
			entry.end('pending');
		}
	}

	await save();
}

function fail(entry: QueueEntry, error: unknown, planAgain: (record: DownloadRecord, error: unknown) => Again | undefined): void {
	// What came in this run counts.
	entry.sample(performance.now());
	const again = planAgain(entry.record, error);
	if (again !== undefined) {
		const activity = describeAgain(again);
		entry.update({again});
		entry.end('pending', {activity});
		entry.log(activity);
		return;
	}

	const report = toErrorReport(toDiskError(error));
	entry.end('failed', {error: report});
	entry.log(`failed: ${report.message}`);
}

function describeCompletion({record, view}: QueueEntry): string {
	const {activeSeconds, fetchedBytes} = record;
	const transfer = fetchedBytes > 0 ? `, ${formatBytes(fetchedBytes)} at ${formatRate(view.averageBytesPerSecond)}` : '';
	return `completed in ${formatDuration(activeSeconds)}${transfer}`;
}
