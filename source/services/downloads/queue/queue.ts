import path from 'node:path';
import {NotFoundError} from '../../../errors/not-found-error.js';
import {isActive, isOpen} from '../../../format/download-status.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type DownloadRequest, type DownloadSettings} from '../../../types/download.js';
import {type Paths} from '../../config/paths.js';
import {type Records} from '../../storage/storage.js';
import {requireRoom} from '../disk/require-room.js';
import {compareEntries} from './compare-entries.js';
import {downloadIdOf} from './download-id.js';
import {type DownloadRecord} from './download-record.js';
import {QueueEntry} from './queue-entry.js';
import {receivedOnDisk} from './received-on-disk.js';
import {spaceDemand} from './space-demand.js';
import {removeStalePartials} from './stale-partials.js';

export type QueueOptions = {
	readonly records: Records<DownloadRecord>;
	readonly paths: Pick<Paths, 'models' | 'partials'>;
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
	readonly append: (request: DownloadRequest, settings: DownloadSettings) => Promise<QueueEntry>;
	readonly remove: (entry: QueueEntry) => Promise<void>;
	/**
	Keeps the record.
	*/
	readonly put: (entry: QueueEntry) => Promise<void>;
	/**
	The same; never rejects.
	*/
	readonly save: (entry: QueueEntry) => Promise<void>;
	readonly folderOf: (id: string) => string;
	/**
	Bytes of each file that the partial files of a request hold.
	*/
	readonly receivedOf: (request: DownloadRequest) => Promise<readonly number[]>;
	/**
	Makes sure that there is room for a new request and for all that was promised before, paused downloads included.
	@throws NoSpaceError `disk_full`.
	*/
	readonly requireRoomFor: (request: DownloadRequest) => Promise<void>;
	/**
	Makes sure that there is room for what some downloads still write.
	@throws NoSpaceError `disk_full`.
	*/
	readonly requireRoom: (entries: readonly QueueEntry[]) => Promise<void>;
	/**
	Whether a download may go on from its partial files: it is not done, or it failed.
	*/
	readonly isNeeded: (id: string) => boolean;
	/**
	Deletes the partial files that no download could go on from, untouched for `age` milliseconds.
	*/
	readonly clean: (options: {readonly age: number}) => Promise<void>;
};

/**
The downloads in memory, in the records, and in the folders of their partial files.
*/
export function createQueue({records, paths: {models, partials}, now}: QueueOptions): Queue {
	const entries = new Map<string, QueueEntry>();
	let loading: Promise<void> | undefined;

	const receivedOf = async (request: DownloadRequest) => receivedOnDisk(folderOf(downloadIdOf(request.modelId)), request);
	const put = async ({id, record}: QueueEntry) => records.put(id, record);
	const demandOf = ({request, record, remainingBytes}: QueueEntry) => spaceDemand(models, request, {sizes: record.sizes, partialBytes: remainingBytes});
	const folderOf = (id: string) => path.join(partials, id);
	const inOrder = () => entries.values().toArray().toSorted(compareEntries);

	async function load(): Promise<void> {
		const found = await records.list();
		// A record under another id than its model's would have its partial files anywhere.
		const valid = found.filter(({id, request}) => id === downloadIdOf(request.modelId));
		await Promise.all(valid.map(async record => {
			const received = record.status === 'completed' ? record.sizes : await receivedOf(record.request);
			entries.set(record.id, new QueueEntry({...record, ...(isActive(record.status) && {status: 'pending'})}, received, now));
		}));
	}

	function isNeeded(id: string): boolean {
		const entry = entries.get(id);
		return entry !== undefined && (isOpen(entry.status) || entry.status === 'failed');
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
		async append(request, settings) {
			const id = downloadIdOf(request.modelId);
			const received = await receivedOf(request);
			const entry = new QueueEntry({
				id,
				order: Math.max(0, ...entries.values().map(({record}) => record.order)) + 1,
				request,
				status: 'pending',
				...settings,
				sizes: request.files.map(({sizeBytes}) => sizeBytes),
				events: [],
				activeSeconds: 0,
				fetchedBytes: 0,
				createdAt: new Date(now()).toISOString(),
			}, received, now);
			entry.log('queued');
			await put(entry);
			entries.set(entry.id, entry);
			return entry;
		},
		async remove({id}) {
			await records.delete(id);
			entries.delete(id);
		},
		async save(entry) {
			// A record that could not be kept is behind, not wrong: what is on disk is told by the journals, and what is installed by the manifest.
			await put(entry).catch(() => undefined);
		},
		put,
		folderOf,
		receivedOf,
		async requireRoomFor(request) {
			const sizes = request.files.map(({sizeBytes}) => sizeBytes);
			const received = await receivedOf(request);
			const partialBytes = sizes.reduce((total, size, index) => total + Math.max(0, size - received[index]!), 0);
			const others = inOrder().filter(({id, status}) => id !== downloadIdOf(request.modelId) && isOpen(status));
			await requireRoom([spaceDemand(models, request, {sizes, partialBytes}), ...others.map(entry => demandOf(entry))], partials);
		},
		async requireRoom(wanted) {
			await requireRoom([...new Set(wanted)].map(entry => demandOf(entry)), partials);
		},
		isNeeded,
		async clean({age}) {
			await removeStalePartials({
				partials, isNeeded, age, now: now(),
			});
		},
	};
}
