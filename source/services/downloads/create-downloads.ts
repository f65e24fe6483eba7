import path from 'node:path';
import {InterruptedError} from '../../errors/interrupted-error.js';
import {parseHours} from '../../format/hours.js';
import {type ConfigStore} from '../config/config-store.js';
import {type Paths} from '../config/paths.js';
import {type Manifest} from '../manifest/manifest.js';
import {type Network} from '../network/open-network.js';
import {type Records} from '../storage/storage.js';
import {createTurns} from '../flow/turns.js';
import {createTokenBucket} from './bandwidth/token-bucket.js';
import {type Downloads} from './downloads.js';
import {createHasher} from './hash/create-hasher.js';
import {isLeased} from './lease/lease.js';
import {planAgain, waitForAgain} from './queue/again.js';
import {createAdd} from './queue/create-add.js';
import {createChanges} from './queue/create-changes.js';
import {createDiscard} from './queue/create-discard.js';
import {createPublisher} from './queue/publisher.js';
import {createQueue} from './queue/queue.js';
import {type DownloadRecord} from './queue/download-record.js';
import {runEntry} from './queue/run-entry.js';
import {createScheduler} from './queue/scheduler.js';
import {waitUntilSettled} from './queue/wait-until-settled.js';
import {waitOf} from './schedule/wait-of.js';
import {defaultTiming, type Timing} from './timing.js';

export type DownloadsOptions = {
	/**
	Has a run of a download use the ways to the network that are meant for it.
	*/
	readonly withNetwork: <Result>(id: string, run: (network: Network) => Promise<Result>) => Promise<Result>;
	/**
	`storage.records('downloads', downloadRecordSchema)`.
	*/
	readonly records: Records<DownloadRecord>;
	readonly manifest: Manifest;
	readonly paths: Pick<Paths, 'models' | 'partials'>;
	/**
	Asked again and again: what is set counts at once, also for downloads that run.
	*/
	readonly config: Pick<ConfigStore, 'current' | 'reload'>;
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
	const {withNetwork, records, manifest, paths, config, now = Date.now} = options;
	const timing = {...defaultTiming, ...options.timing};
	const closing = new AbortController();
	const hasher = createHasher();
	const turns = createTurns();
	const bucket = createTokenBucket({rate: () => config.current().downloads.rateLimitBytes});

	const queue = createQueue({records, paths, now});
	const discard = createDiscard({queue, manifest, models: paths.models});
	const {list, subscribe, changed, close: closePublisher} = createPublisher(() => queue.inOrder().map(({view}) => view));
	const scheduler = createScheduler({
		entries: queue.inOrder,
		limit: () => config.current().maxConcurrentDownloads,
		waitOf: ({record}) => waitOf(record, {quietHours: parseHours(config.current().downloads.quietHours), now: now()}) ?? waitForAgain(record, now()),
		run: async (entry, signal) => withNetwork(entry.id, async network => runEntry({
			...options,
			...network,
			models: paths.models,
			folder: queue.folderOf(entry.id),
			timing,
			hasher,
			bucket,
			now,
			entry,
			signal,
			running: () => scheduler.running().length,
			requireRoom: async () => queue.requireRoom([entry, ...scheduler.running()]),
			save: queue.save,
			onChanged: changed,
		})),
		planAgain: (record, error) => planAgain(record, {error, now: now(), timing}),
		refresh: config.reload,
		discard,
		save: queue.save,
		onChanged: changed,
		now,
	});
	const add = createAdd({
		queue, scheduler, manifest, models: paths.models, onChanged: changed,
	});

	return {
		list,
		subscribe,
		// One after another, or two would be promised the same room.
		add: async (request, settings) => turns.inTurn(async () => add(request, settings ?? {})),
		...createChanges({
			queue, scheduler, discard, inTurn: turns.inTurn, onChanged: changed,
		}),
		async settled(id, {signal}) {
			await queue.require(id);
			return waitUntilSettled({find: () => queue.get(id)?.view, subscribe, signal: AbortSignal.any([signal, closing.signal])});
		},
		async isPartialNeeded(file) {
			await queue.load();
			const [name] = path.relative(paths.partials, path.resolve(file)).split(path.sep);
			return name !== undefined && (queue.isNeeded(name) || await isLeased(queue.folderOf(name)));
		},
		async start() {
			await queue.load();
			await queue.clean({age: timing.stalePartial});
			changed('status');
			scheduler.start();
		},
		async close() {
			closing.abort(new InterruptedError('Remuda ended before the download was done.'));
			await turns.idle();
			await scheduler.close();
			await hasher.close();
			closePublisher();
		},
	};
}
