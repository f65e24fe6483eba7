import {takeLease} from '../partial/lease.js';
import {type TransferEvents} from '../transfer/transfer-options.js';
import {type QueueEntry} from './queue-entry.js';
import {runDownload, type RunDownloadOptions} from './run-download.js';

export type RunEntryOptions = Omit<RunDownloadOptions, 'request' | 'revision' | 'unpin' | 'eventsOf'> & {
	readonly entry: QueueEntry;
	readonly save: (entry: QueueEntry) => Promise<void>;
	readonly onChanged: (kind: 'progress' | 'status') => void;
};

/**
Carries a download of the queue out, if no other process does, and writes down in its entry how it goes.
*/
export async function runEntry(options: RunEntryOptions): Promise<'done' | 'held'> {
	const {entry, folder, save, onChanged} = options;
	const lease = await takeLease(folder);
	if (lease === undefined) {
		return 'held';
	}

	try {
		entry.begin(performance.now());
		onChanged('status');
		await save(entry);
		await runDownload({
			...options,
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
		return 'done';
	} finally {
		await lease.release();
	}
}

function createEvents({entry, save, onChanged}: RunEntryOptions, index: number): TransferEvents {
	const {files} = entry.request;
	const place = files.length === 1 ? undefined : `file ${index + 1} of ${files.length}`;
	const changed = (change: () => void) => {
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
		onHost(host) {
			changed(() => {
				entry.setHost(host);
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

			entry.update({status: stage});
			onChanged('status');
		},
	};
}
