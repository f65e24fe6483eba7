import {type WorkerKeeper} from './keep-worker.js';
import {type Answer, type Call} from './protocol.js';
import {workerFailed} from './start-worker.js';
import {DisconnectedError, type WorkerLink} from './worker-link.js';

const tries = 3;
// Deleting the files of a large download from a slow disk takes its time.
const patienceMs = 120_000;

/**
Has the worker do something. One that was just ending has not begun with it: another one does it then.
@throws as the `Downloads` contract; RemudaError `worker_failed` where no worker answers.
*/
export function askWorker({home, worker, closing}: {
	readonly home: string;
	readonly worker: WorkerKeeper;
	readonly closing: AbortSignal;
}): (call: Call) => Promise<Answer> {
	return async call => {
		worker.watch();
		for (let count = 1; ; count++) {
			try {
				// eslint-disable-next-line no-await-in-loop -- the next only if this one was ending
				return await withPatience(await worker.reach(), call, home);
			} catch (error) {
				if (!(error instanceof DisconnectedError)) {
					throw error;
				}

				closing.throwIfAborted();
				if (count === tries) {
					throw workerFailed(home, 'went away before it answered', error);
				}
			}
		}
	};
}

async function withPatience(link: WorkerLink, call: Call, home: string): Promise<Answer> {
	const {promise: late, reject} = Promise.withResolvers<never>();
	const timer = setTimeout(() => {
		reject(workerFailed(home, 'does not answer'));
	}, patienceMs);
	try {
		return await Promise.race([link.call(call), late]);
	} finally {
		clearTimeout(timer);
	}
}
