import {rm} from 'node:fs/promises';
import path from 'node:path';
import {NotFoundError} from '../../../errors/not-found-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type DownloadRequest} from '../../../types/download.js';
import {type Records} from '../../storage/storage.js';
import {downloadIdOf} from './download-id.js';
import {isOpen, type DownloadRecord} from './download-record.js';
import {QueueEntry} from './queue-entry.js';
import {receivedOnDisk} from './received-on-disk.js';
import {removeStalePartials} from './stale-partials.js';

export type QueueOptions = {
	readonly records: Records<DownloadRecord>;
	/**
	Folder of the partial files.
	*/
	readonly partials: string;
	/**
	Milliseconds after which a partial file that nobody works on is stale.
	*/
	readonly stalePartial: number;
	readonly now: () => number;
};

export type Queue = {
	/**
	Reads the records, once.
	*/
	readonly load: () => Promise<void>;
	readonly inOrder: () => readonly QueueEntry[];
	readonly get: (id: string) => QueueEntry | undefined;
	/**
	@throws NotFoundError `download_not_found`.
	*/
	readonly require: (id: string) => Promise<QueueEntry>;
	/**
	Adds a request at the end and keeps it.
	*/
	readonly append: (request: DownloadRequest) => Promise<QueueEntry>;
	readonly remove: (entry: QueueEntry) => Promise<void>;
	/**
	Keeps the record; never rejects.
	*/
	readonly save: (entry: QueueEntry) => Promise<void>;
	readonly folderOf: (id: string) => string;
	/**
	Deletes the partial files of an entry.
	*/
	readonly discard: (entry: QueueEntry) => Promise<void>;
	/**
	Whether the partial files of a download are wanted.
	*/
	readonly isNeeded: (id: string) => boolean;
	/**
	Deletes the partial files that are not.
	*/
	readonly clean: () => Promise<void>;
};

/**
The downloads in memory, in the records, and in the folders of their partial files.
*/
export function createQueue({records, partials, stalePartial, now}: QueueOptions): Queue {
	const entries = new Map<string, QueueEntry>();
	let loading: Promise<void> | undefined;

	const folderOf = (id: string) => path.join(partials, id);
	const inOrder = () => entries.values().toArray().toSorted((left, right) => left.record.order - right.record.order);

	async function load(): Promise<void> {
		const found = await records.list();
		// A record under another id than its model's would have its partial files anywhere.
		const valid = found.filter(({id, request}) => id === downloadIdOf(request.modelId));
		await Promise.all(valid.map(async record => {
			const isRunning = record.status === 'downloading' || record.status === 'verifying';
			const received = record.status === 'completed' ? record.sizes : await receivedOnDisk(folderOf(record.id), record.request);
			entries.set(record.id, new QueueEntry({...record, ...(isRunning && {status: 'pending'})}, received));
		}));
	}

	function isNeeded(id: string): boolean {
		const entry = entries.get(id);
		return entry?.status === 'failed' ? now() - Date.parse(entry.record.finishedAt ?? '') < stalePartial : entry !== undefined && isOpen(entry.status);
	}

	return {
		async load() {
			loading ??= load();
			try {
				await loading;
			} catch (error) {
				// The cause may be gone by the next call.
				loading = undefined;
				throw error;
			}
		},
		inOrder,
		get: id => entries.get(id),
		async require(id) {
			await this.load();
			const entry = entries.get(id);
			if (entry === undefined) {
				throw new NotFoundError(`There is no download ${sanitizeLine(id)}.`, {
					code: 'download_not_found',
					hint: entries.size === 0 ? 'The queue is empty.' : `The queue has: ${entries.keys().toArray().join(', ')}`,
				});
			}

			return entry;
		},
		async append(request) {
			const id = downloadIdOf(request.modelId);
			const last = inOrder().at(-1)?.record.order ?? 0;
			const entry = new QueueEntry({
				id,
				order: last + 1,
				request,
				status: 'pending',
				sizes: request.files.map(({sizeBytes}) => sizeBytes),
				createdAt: new Date(now()).toISOString(),
			}, await receivedOnDisk(folderOf(id), request));
			await records.put(entry.id, entry.record);
			entries.set(entry.id, entry);
			return entry;
		},
		async remove({id}) {
			await records.delete(id);
			entries.delete(id);
		},
		async save(entry) {
			// A record that could not be kept is behind, not wrong: what is on disk is told by the journals, and what is installed by the manifest.
			await records.put(entry.id, entry.record).catch(() => undefined);
		},
		folderOf,
		async discard(entry) {
			await rm(folderOf(entry.id), {recursive: true, force: true, maxRetries: 3}).catch(() => undefined);
			entry.setAllReceived(entry.request.files.map(() => 0));
		},
		isNeeded,
		async clean() {
			await removeStalePartials({
				partials, isNeeded, age: stalePartial, now: now(),
			});
			await Promise.all(inOrder().filter(({status}) => status === 'failed').map(async entry => {
				entry.setAllReceived(await receivedOnDisk(folderOf(entry.id), entry.request));
			}));
		},
	};
}
