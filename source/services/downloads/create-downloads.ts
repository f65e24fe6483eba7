import path from 'node:path';
import {InterruptedError} from '../../errors/interrupted-error.js';
import {NotFoundError} from '../../errors/not-found-error.js';
import {UsageError} from '../../errors/usage-error.js';
import {type Download, type DownloadRequest} from '../../types/download.js';
import {type ConfigStore} from '../config/config-store.js';
import {type Paths} from '../config/paths.js';
import {type Manifest} from '../manifest/manifest.js';
import {type Http} from '../network/http.js';
import {type Hub} from '../network/hub.js';
import {type Records} from '../storage/storage.js';
import {downloadIdOf} from './queue/download-id.js';
import {isOpen, isSettled, type DownloadRecord} from './queue/download-record.js';
import {type Downloads} from './downloads.js';
import {requireSpace} from './disk/free-space.js';
import {isInstalled} from './queue/is-installed.js';
import {isLeased} from './partial/lease.js';
import {createPublisher} from './queue/publisher.js';
import {type QueueEntry} from './queue/queue-entry.js';
import {createQueue} from './queue/queue.js';
import {receivedOnDisk} from './queue/received-on-disk.js';
import {runEntry} from './queue/run-entry.js';
import {createScheduler} from './queue/scheduler.js';
import {targetPaths} from './disk/target-path.js';
import {defaultTiming, type Timing} from './timing.js';

export type DownloadsOptions = {
	readonly hub: Hub;
	readonly http: Http;
	/**
	`storage.records('downloads', downloadRecordSchema)`.
	*/
	readonly records: Records<DownloadRecord>;
	readonly manifest: Manifest;
	readonly paths: Pick<Paths, 'models' | 'partials'>;
	/**
	Asked again and again: the limit may change while downloads run.
	*/
	readonly config: Pick<ConfigStore, 'current'>;
	readonly timing?: Partial<Timing>;
	/**
	Milliseconds since 1970.
	*/
	readonly now?: () => number;
};

/**
The queue of one process, kept in the records and in the journals beside the partial files.
*/
export function createDownloads(options: DownloadsOptions): Downloads {
	const {records, manifest, paths, config, now = Date.now} = options;
	const timing = {...defaultTiming, ...options.timing};
	const closing = new AbortController();
	let adding: Promise<unknown> = Promise.resolve();

	const queue = createQueue({
		records, partials: paths.partials, stalePartial: timing.stalePartial, now,
	});
	const {list, subscribe, changed, close: closePublisher} = createPublisher(() => queue.inOrder().map(({view}) => view));
	const scheduler = createScheduler({
		entries: queue.inOrder,
		limit: () => config.current().maxConcurrentDownloads,
		run: async (entry, signal) => runEntry({
			...options, models: paths.models, folder: queue.folderOf(entry.id), timing, now, entry, signal, save: queue.save, onChanged: changed,
		}),
		discard: queue.discard,
		save: queue.save,
		onChanged: changed,
		now,
	});

	async function add(request: DownloadRequest): Promise<Download> {
		targetPaths(paths.models, request);
		await queue.load();
		const known = queue.get(downloadIdOf(request.modelId));
		if (known !== undefined && isOpen(known.status)) {
			// Only now it may be one of those that are worked on.
			scheduler.wake();
			return known.view;
		}

		if (await isInstalled(manifest, request)) {
			throw new UsageError(`${request.name} is installed already.`, {
				code: 'already_installed',
				hint: `Remove it first to download it again: remuda remove ${request.modelId}`,
			});
		}

		await requireRoom(request);
		const entry = known === undefined ? await queue.append(request) : await retry(known, request);
		changed('status');
		scheduler.wake();
		return entry.view;
	}

	/**
	Room for everything that is still to be written, paused downloads included: they were promised it.
	*/
	async function requireRoom(request: DownloadRequest): Promise<void> {
		const id = downloadIdOf(request.modelId);
		const received = await receivedOnDisk(queue.folderOf(id), request);
		const own = request.files.reduce((sum, {sizeBytes}, index) => sum + Math.max(0, sizeBytes - (received[index] ?? 0)), 0);
		const others = queue.inOrder().filter(entry => entry.id !== id && isOpen(entry.status));
		await requireSpace(paths.partials, others.reduce((sum, {remainingBytes}) => sum + remainingBytes, own));
	}

	async function retry(entry: QueueEntry, request: DownloadRequest): Promise<QueueEntry> {
		await scheduler.idle(entry);
		entry.renew(request, await receivedOnDisk(queue.folderOf(entry.id), request));
		await records.put(entry.id, entry.record);
		return entry;
	}

	/**
	Ends an entry that waits or runs in the status given, unless it is done before.
	*/
	async function halt(entry: QueueEntry, intent: 'pause' | 'cancel'): Promise<void> {
		await scheduler.stop(entry, intent);
		const status = intent === 'pause' ? 'paused' : 'cancelled';
		// Before anything else is waited for: once it has ended it may be resumed at any time, and must not be ended again.
		if (entry.status === 'completed' || entry.status === status || (intent === 'pause' && !isOpen(entry.status))) {
			return;
		}

		await requireOwn(entry);
		// At once, or it would begin to run meanwhile.
		entry.end(status, intent === 'cancel' ? {finishedAt: new Date(now()).toISOString()} : {});
		if (intent === 'cancel') {
			await queue.discard(entry);
		}

		await queue.save(entry);
		changed('status');
		scheduler.wake();
	}

	async function requireOwn({id, request}: QueueEntry): Promise<void> {
		if (await isLeased(queue.folderOf(id))) {
			throw new UsageError(`${request.name} is being downloaded by another Remuda.`, {code: 'download_elsewhere', hint: 'Stop it there.'});
		}
	}

	return {
		list,
		subscribe,
		async add(request) {
			// One after another, or two would be promised the same room.
			const result = adding.then(async () => add(request));
			adding = result.catch(() => undefined);
			return result;
		},
		async pause(id) {
			await halt(await queue.require(id), 'pause');
		},
		async cancel(id) {
			await halt(await queue.require(id), 'cancel');
		},
		async resume(id) {
			const entry = await queue.require(id);
			await scheduler.idle(entry);
			if (!isSettled(entry.status) || entry.status === 'completed') {
				return;
			}

			entry.end('pending');
			await queue.save(entry);
			changed('status');
			scheduler.wake();
		},
		async forget(id) {
			const entry = await queue.require(id);
			if (isOpen(entry.status)) {
				throw new UsageError(`${entry.request.name} is not done.`, {code: 'download_active', hint: 'Cancel it first.'});
			}

			await scheduler.idle(entry);
			await requireOwn(entry);
			await queue.discard(entry);
			await queue.remove(entry);
			changed('status');
		},
		async settled(id, {signal}) {
			await queue.require(id);
			return waitUntilSettled(id, AbortSignal.any([signal, closing.signal]));
		},
		async isPartialNeeded(file) {
			await queue.load();
			const [name] = path.relative(paths.partials, path.resolve(file)).split(path.sep);
			return name !== undefined && (queue.isNeeded(name) || await isLeased(queue.folderOf(name)));
		},
		async start() {
			await queue.load();
			await queue.clean();
			changed('status');
			scheduler.start();
		},
		async close() {
			closing.abort(new InterruptedError('Remuda ended before the download was done.'));
			await adding;
			await scheduler.close();
			closePublisher();
		},
	};

	async function waitUntilSettled(id: string, signal: AbortSignal): Promise<Download> {
		const {promise, resolve, reject} = Promise.withResolvers<Download>();
		const look = () => {
			const view = queue.get(id)?.view;
			if (view === undefined) {
				reject(new NotFoundError('The download was taken off the list.', {code: 'download_not_found'}));
			} else if (isSettled(view.status)) {
				resolve(view);
			}
		};

		const abort = () => {
			reject(signal.reason as Error);
		};

		const unsubscribe = subscribe(look);
		signal.addEventListener('abort', abort);
		try {
			signal.throwIfAborted();
			look();
			return await promise;
		} finally {
			unsubscribe();
			signal.removeEventListener('abort', abort);
		}
	}
}
