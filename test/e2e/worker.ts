import path from 'node:path';
import {endWorker, untilGone, workerOf} from '../helpers/workers.js';

/**
At the end of its scope: waits until the downloads worker of a user's home has ended by itself; one that does not is killed, and the test fails.
*/
export function workerEnded(home: string): AsyncDisposable {
	return {
		async [Symbol.asyncDispose]() {
			const remudaHome = path.join(home, '.remuda');
			const worker = await workerOf(remudaHome);
			try {
				if (worker !== undefined) {
					await untilGone(worker);
				}
			} finally {
				await endWorker(remudaHome, 'SIGKILL');
			}
		},
	};
}
