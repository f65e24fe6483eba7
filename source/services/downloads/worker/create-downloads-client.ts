import {InterruptedError} from '../../../errors/interrupted-error.js';
import {toErrorReport} from '../../../errors/to-error-report.js';
import {isSettled} from '../../../format/download-status.js';
import {type Download} from '../../../types/download.js';
import {type Paths} from '../../config/paths.js';
import {type Environment} from '../../network/environment.js';
import {type Records} from '../../storage/storage.js';
import {type Downloads} from '../downloads.js';
import {type DownloadRecord} from '../queue/download-record.js';
import {createPublisher} from '../queue/publisher.js';
import {waitUntilSettled} from '../queue/wait-until-settled.js';
import {askWorker} from './ask-worker.js';
import {keepWorker} from './keep-worker.js';
import {createQueueReader} from './read-queue.js';
import {requireHome} from './require-home.js';
import {workerFailed, type WorkerProgram} from './start-worker.js';

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

/**
The queue of a home as its worker tells it, and as the disk tells it while there is none. What changes it is done by the worker, which is started when there is something to do.
*/
export function createDownloadsClient({environment, paths, records, program}: DownloadsClientOptions): Downloads {
	const {home, models} = paths;
	const reader = createQueueReader({records, paths});
	const closing = new AbortController();
	let onDisk: readonly Download[] = [];

	const {list, subscribe: listen, changed, close: closePublisher} = createPublisher(() => worker.link()?.list() ?? onDisk.map(download => withReason(download, worker.givenUp())));
	const find = (id: string) => list().find(download => download.id === id);
	const hasWork = () => list().some(({status}) => !isSettled(status));
	const worker = keepWorker({
		home,
		models,
		environment,
		...(program !== undefined && {program}),
		hasWork,
		closing: closing.signal,
		onChanged() {
			changed('status');
		},
		onGone() {
			void showDisk();
		},
	});
	const ask = askWorker({home, worker, closing: closing.signal});

	/**
	Whoever listens waits for what comes: their process does not end because the worker does.
	*/
	function subscribe(listener: (downloads: readonly Download[]) => void): () => void {
		const unsubscribe = listen(listener);
		const release = worker.hold();
		return () => {
			unsubscribe();
			release();
		};
	}

	/**
	Without a worker the disk says how far things are. What it does not tell of those that are done, such as what was fetched in that run, is kept from before.
	*/
	async function showDisk(): Promise<void> {
		const before = new Map(list().map(download => [download.id, download]));
		try {
			// To read would make it anew.
			await requireHome(home);
			const found = await reader.read();
			onDisk = found.map(download => {
				const known = before.get(download.id);
				return known !== undefined && isSettled(known.status) && known.status === download.status && known.finishedAt === download.finishedAt ? known : download;
			});
		} catch {
			// A database that is busy, or gone with its home: what was last seen is still the best there is.
			onDisk = before.values().toArray();
		}

		if (worker.link() === undefined && !closing.signal.aborted) {
			changed('status');
		}
	}

	return {
		list,
		subscribe,
		async add(request, settings) {
			const {id = ''} = await ask({method: 'add', request: {...request, files: [...request.files]}, ...(settings !== undefined && {settings})});
			const added = find(id);
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
			if (find(id) === undefined) {
				await reader.require(id);
				await showDisk();
			}

			return waitUntilSettled({find: () => find(id), subscribe, signal: AbortSignal.any([signal, closing.signal, worker.givenUp()])});
		},
		isPartialNeeded: reader.isPartialNeeded,
		async start() {
			worker.watch();
			const found = await worker.find();
			if (found !== undefined) {
				return;
			}

			onDisk = await reader.read();
			changed('status');
			// One of another version, and one that says nothing, are left to who asks for something.
			if (!worker.isSilent()) {
				await worker.restart();
			}
		},
		async close() {
			closing.abort(new InterruptedError('Remuda ended before the download was done. It goes on without.'));
			closePublisher();
		},
	};
}

/**
Says in a download that waits why nothing happens.
*/
function withReason(download: Download, {aborted, reason}: AbortSignal): Download {
	return aborted && !isSettled(download.status) ? {...download, activity: toErrorReport(reason).message} : download;
}
