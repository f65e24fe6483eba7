import {rmdir} from 'node:fs/promises';
import {formatBytes, formatBytesOf} from '../../../format/bytes.js';
import {type ConfigStore} from '../../config/config-store.js';
import {connectionsUnder} from '../bandwidth/connections-under.js';
import {throttleBy} from '../bandwidth/throttle.js';
import {createTokenBucket, type TokenBucket} from '../bandwidth/token-bucket.js';
import {takeLease} from '../lease/lease.js';
import {type TransferEvents} from '../transfer/transfer-options.js';
import {type QueueEntry} from './queue-entry.js';
import {runDownload, type RunDownloadOptions} from './run-download.js';
import {tellMove} from './tell-move.js';

export type RunEntryOptions = Omit<RunDownloadOptions, 'request' | 'revision' | 'unpin' | 'eventsOf' | 'connections' | 'mirrorUse' | 'throttle' | 'lost'> & {
	readonly entry: QueueEntry;
	readonly config: Pick<ConfigStore, 'current'>;
	/**
	Of all downloads together.
	*/
	readonly bucket: TokenBucket;
	/**
	How many downloads run.
	*/
	readonly running: () => number;
	/**
	Makes sure that there is room for what it still writes.
	*/
	readonly requireRoom: () => Promise<void>;
	readonly save: (entry: QueueEntry) => Promise<void>;
	readonly onChanged: (kind: 'progress' | 'status') => void;
};

/**
Carries a download of the queue out, if no other process does, and writes down in its entry how it goes.
*/
export async function runEntry(options: RunEntryOptions): Promise<'done' | 'held'> {
	const {entry, folder, config, bucket, save, onChanged} = options;
	const lease = await takeLease(folder);
	if (lease === undefined) {
		return 'held';
	}

	try {
		entry.begin(performance.now());
		await tellMove(entry, folder);
		const {receivedBytes, totalBytes} = entry.view;
		entry.log(receivedBytes > 0 ? `went on from ${formatBytesOf(receivedBytes, totalBytes)}` : `started: ${formatBytes(totalBytes)}`);
		onChanged('status');
		await save(entry);
		await options.requireRoom();
		await runDownload({
			...options,
			signal: AbortSignal.any([options.signal, lease.lost]),
			lost: lease.lost,
			connections() {
				const {connectionsPerFile, rateLimitBytes} = config.current().downloads;
				return connectionsUnder(connectionsPerFile, [rateLimitBytes / Math.max(1, options.running()), entry.record.rateLimit]);
			},
			mirrorUse: () => config.current().downloads.mirrorUse,
			throttle: throttleBy(bucket, createTokenBucket({rate: () => entry.record.rateLimit})),
			request: entry.request,
			revision: () => entry.record.commit ?? entry.request.revision,
			unpin() {
				const wasPinned = entry.record.commit !== undefined;
				entry.update({commit: undefined});
				void save(entry);
				return wasPinned;
			},
			eventsOf: index => createEvents(options, index),
		});
	} catch (error) {
		// Another process took it for dead, and goes on with its files.
		if (lease.lost.aborted && !options.signal.aborted) {
			return 'held';
		}

		throw error;
	} finally {
		await lease.release();
	}

	// The files are gone, but a beat of the lease may have kept the folder.
	await rmdir(folder).catch(() => undefined);
	return 'done';
}

function createEvents({entry, save, onChanged}: RunEntryOptions, index: number): TransferEvents {
	const {files} = entry.request;
	const place = files.length === 1 ? undefined : `file ${index + 1} of ${files.length}`;
	const changed = (change: () => void) => {
		entry.setCurrentFile(index);
		change();
		onChanged('progress');
	};

	return {
		onReceived(bytes) {
			changed(() => {
				entry.setReceived(index, bytes);
			});
		},
		onFetched(bytes) {
			changed(() => {
				entry.addFetched(index, bytes);
			});
		},
		onActivity(activity) {
			changed(() => {
				entry.setActivity(place === undefined || activity === undefined ? place ?? activity : `${place}: ${activity}`);
			});
		},
		onRetries(count) {
			changed(() => {
				entry.setRetries(count);
			});
		},
		onSegments(segments) {
			changed(() => {
				entry.setSegments(segments);
			});
		},
		onEvent(text) {
			changed(() => {
				entry.log(text);
			});
		},
		onIdentity({sizeBytes, commit}) {
			entry.setSize(index, sizeBytes);
			if (entry.record.commit === undefined && commit !== undefined) {
				entry.update({commit});
			}

			void save(entry);
			onChanged('progress');
		},
		onStage(stage) {
			if (entry.status === stage) {
				return;
			}

			entry.setCurrentFile(index);
			entry.update({status: stage});
			onChanged('status');
		},
	};
}
