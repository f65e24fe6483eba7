import {InterruptedError} from '../../../errors/interrupted-error.js';
import {toErrorReport} from '../../../errors/to-error-report.js';
import {type Download} from '../../../types/download.js';
import {type Paths} from '../../config/paths.js';
import {type Environment} from '../../network/environment.js';
import {type Records} from '../../storage/storage.js';
import {type Downloads} from '../downloads.js';
import {isSettled, type DownloadRecord} from '../queue/download-record.js';
import {createPublisher} from '../queue/publisher.js';
import {waitUntilSettled} from '../queue/wait-until-settled.js';
import {type Answer, type Call} from './protocol.js';
import {findWorker, reachWorker} from './reach-worker.js';
import {createQueueReader} from './read-queue.js';
import {workerFailed, type WorkerProgram} from './start-worker.js';
import {DisconnectedError, type WorkerLink} from './worker-link.js';

export type DownloadsClientOptions = {
	readonly environment: Environment;
	readonly paths: Pick<Paths, 'home' | 'models' | 'partials'>;
	/**
	`storage.records('downloads', downloadRecordSchema)`.
	*/
	readonly records: Records<DownloadRecord>;
	/**
	Another program than the worker that belongs to this one.
	*/
	readonly program?: WorkerProgram;
};

const lookMs = 1000;
const tries = 3;
const restartWindowMs = 60_000;

/**
The queue of a home as its worker tells it, and as the disk tells it while there is none. What changes it is done by the worker, which is started when there is something to do.
*/
export function createDownloadsClient({environment, paths, records, program}: DownloadsClientOptions): Downloads {
	const {home} = paths;
	const reader = createQueueReader({records, paths});
	const closing = new AbortController();
	const reachOptions = {
		home,
		models: paths.models,
		environment,
		...(program !== undefined && {program}),
		onChanged() {
			publisher.changed('status');
		},
	};
	let link: WorkerLink | undefined;
	let reaching: Promise<WorkerLink> | undefined;
	let onDisk: readonly Download[] = [];
	/**
	Aborted with the reason why no worker is started any more by itself.
	*/
	let givingUp = new AbortController();
	let restarts: readonly number[] = [];
	let watching: NodeJS.Timeout | undefined;
	let isLooking = false;

	const publisher = createPublisher(() => link?.list() ?? onDisk.map(download => withReason(download, givingUp.signal)));
	const {list, subscribe} = publisher;
	const hasWork = () => list().some(({status}) => !isSettled(status));

	function adopt(found: WorkerLink): WorkerLink {
		if (closing.signal.aborted) {
			found.close();
			closing.signal.throwIfAborted();
		}

		if (link?.isClosed() === false) {
			// Looked for twice at once.
			found.close();
			return link;
		}

		link = found;
		void found.closed.then(async () => {
			if (link === found) {
				await showDisk();
			}
		});
		if (givingUp.signal.aborted) {
			givingUp = new AbortController();
		}

		publisher.changed('status');
		return found;
	}

	async function reach(): Promise<WorkerLink> {
		if (link?.isClosed() === false) {
			return link;
		}

		reaching ??= reachWorker(reachOptions);
		try {
			return adopt(await reaching);
		} finally {
			reaching = undefined;
		}
	}

	/**
	Without a worker the disk says how far things are. What it does not tell of those that are done, such as what was fetched in that run, is kept from before.
	*/
	async function showDisk(): Promise<void> {
		const before = new Map(list().map(download => [download.id, download]));
		link = undefined;
		try {
			const found = await reader.read();
			onDisk = found.map(download => {
				const known = before.get(download.id);
				return known !== undefined && isSettled(known.status) && known.status === download.status && known.finishedAt === download.finishedAt ? known : download;
			});
		} catch {
			// A database that is busy or gone: what was last seen is still the best there is.
			onDisk = before.values().toArray();
		}

		if (link === undefined && !closing.signal.aborted) {
			publisher.changed('status');
		}
	}

	/**
	Looks now and then whether another process has started a worker, and starts one itself where the last has died at work.
	*/
	async function look(): Promise<void> {
		if (isLooking || reaching !== undefined || link?.isClosed() === false) {
			return;
		}

		isLooking = true;
		try {
			const found = await findWorker(reachOptions);
			if (found !== undefined) {
				adopt(found);
			} else if (hasWork() && !givingUp.signal.aborted) {
				await restart();
			}
		} catch {
			// The next look tries again.
		} finally {
			isLooking = false;
		}
	}

	async function restart(): Promise<void> {
		const now = performance.now();
		restarts = restarts.filter(time => now - time < restartWindowMs);
		if (restarts.length >= tries) {
			giveUp(workerFailed(home, `ended ${tries} times within a minute`));
			return;
		}

		restarts = [...restarts, now];
		try {
			await reach();
		} catch (error) {
			if (restarts.length >= tries || toErrorReport(error).code === 'queue_elsewhere') {
				giveUp(error);
			}
		}
	}

	function giveUp(reason: unknown): void {
		givingUp.abort(reason);
		publisher.changed('status');
	}

	function watch(): void {
		watching ??= setInterval(() => {
			void look();
		}, lookMs).unref();
	}

	/**
	Has the worker do something. One that was just ending has not begun with it: another one does it then.
	*/
	async function ask(call: Call): Promise<Answer> {
		watch();
		for (let count = 1; ; count++) {
			try {
				// eslint-disable-next-line no-await-in-loop -- the next only if this one was ending
				const worker = await reach();
				// eslint-disable-next-line no-await-in-loop -- the same
				return await worker.call(call);
			} catch (error) {
				if (!(error instanceof DisconnectedError)) {
					throw error;
				}

				closing.signal.throwIfAborted();
				if (count === tries) {
					throw workerFailed(home, 'went away before it answered', error);
				}
			}
		}
	}

	return {
		list,
		subscribe,
		async add(request, settings) {
			const {id} = await ask({method: 'add', request: {...request, files: [...request.files]}, ...(settings !== undefined && {settings})});
			const added = list().find(download => download.id === id);
			if (added === undefined) {
				throw workerFailed(home, 'does not tell of what it added');
			}

			return added;
		},
		async pause(id) {
			await ask({method: 'pause', id});
		},
		async resume(id) {
			await ask({method: 'resume', id});
		},
		async cancel(id) {
			await ask({method: 'cancel', id});
		},
		async forget(id) {
			await ask({method: 'forget', id});
		},
		async move(id, to) {
			await ask({method: 'move', id, to});
		},
		async configure(id, change) {
			await ask({method: 'configure', id, change});
		},
		async settled(id, {signal}) {
			const find = () => list().find(download => download.id === id);
			if (find() === undefined) {
				await reader.require(id);
				await showDisk();
			}

			return waitUntilSettled({find, subscribe, signal: AbortSignal.any([signal, closing.signal, givingUp.signal])});
		},
		isPartialNeeded: reader.isPartialNeeded,
		async start() {
			watch();
			const found = await findWorker(reachOptions);
			if (found !== undefined) {
				adopt(found);
				return;
			}

			onDisk = await reader.read();
			publisher.changed('status');
			if (hasWork()) {
				await restart();
			}
		},
		async close() {
			closing.abort(new InterruptedError('Remuda ended before the download was done. It goes on without.'));
			clearInterval(watching);
			link?.close();
			publisher.close();
		},
	};
}

/**
Says in a download that waits why nothing happens.
*/
function withReason(download: Download, {aborted, reason}: AbortSignal): Download {
	return aborted && !isSettled(download.status) ? {...download, activity: toErrorReport(reason).message} : download;
}
