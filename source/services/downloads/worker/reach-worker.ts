import {setTimeout as delay} from 'node:timers/promises';
import {AccessError} from '../../../errors/access-error.js';
import {RemudaError} from '../../../errors/remuda-error.js';
import {sanitizeLine} from '../../../format/sanitize.js';
import {type Environment} from '../../network/environment.js';
import {isLeased, readLeaseHolder} from '../lease/lease.js';
import {askerEnvironment} from './asker-environment.js';
import {isOwnSocket, knownSocketPaths} from './socket-path.js';
import {startWorker, workerFailed, type WorkerProgram} from './start-worker.js';
import {
	connectToWorker,
	DisconnectedError,
	type WorkerLink,
	type WorkerLinkOptions,
} from './worker-link.js';
import {queueLease} from './take-queue.js';

export type ReachOptions = Pick<WorkerLinkOptions, 'onChanged'> & {
	readonly home: string;
	/**
	Folder of the models.
	*/
	readonly models: string;
	readonly environment: Environment;
	readonly program?: WorkerProgram;
};

const patienceMs = 30_000;
const shortestPauseMs = 100;
const longestPauseMs = 1000;
// One that was ready may have ended before it was connected to, but not again and again.
const maximumStarts = 3;

/**
Connects to the worker of a home, if one lives; starts none and ends none.
@throws RemudaError `other_worker` for one of another version, or that downloads to another folder.
*/
export async function findWorker(options: ReachOptions): Promise<WorkerLink | undefined> {
	const link = await connectToAny(options);
	if (link?.isCompatible === false) {
		link.close();
		throw new RemudaError('Another Remuda, of another version or with another models folder, works the queue.', {
			code: 'other_worker',
			hint: 'Close it, then start this one again.',
		});
	}

	return link;
}

/**
Whether a process of this system has the queue.
*/
export async function isQueueHeldHere(home: string): Promise<boolean> {
	try {
		const holder = await readLeaseHolder(home, queueLease);
		return holder?.isNeighbour === true && await isLeased(home, queueLease);
	} catch {
		// It cannot be read: whoever tries to take the queue says why.
		return false;
	}
}

/**
Connects to the worker of a home. One of another version is asked to end; where there is none, one is started. One that has the queue and does not answer is waited for from `since` (of `performance.now()`) on.
@throws RemudaError `worker_failed`, or why it cannot start; `queue_elsewhere` while one in another container or on another machine has the queue.
*/
export async function reachWorker(options: ReachOptions, {since}: {readonly since: number}): Promise<WorkerLink> {
	const {home} = options;
	const deadline = since + patienceMs;
	let pause = shortestPauseMs;
	for (let starts = 0; ;) {
		// eslint-disable-next-line no-await-in-loop -- until there is one
		const link = await connectToAny(options);
		if (link?.isCompatible === true) {
			return link;
		}

		// eslint-disable-next-line no-await-in-loop -- the same
		const isHeld = link !== undefined || await isQueueHeldHere(home);
		if (isHeld && performance.now() > deadline) {
			link?.close();
			throw workerFailed(home, 'has the queue, and does not answer');
		}

		if (link !== undefined) {
			// eslint-disable-next-line no-await-in-loop -- the same
			await link.retire();
			continue;
		}

		if (isHeld) {
			// It is just coming up, just ending, or stuck.
			// eslint-disable-next-line no-await-in-loop -- the same
			await delay(pause);
			pause = Math.min(2 * pause, longestPauseMs);
			continue;
		}

		if (starts === maximumStarts) {
			throw workerFailed(home, 'ends as soon as it has begun');
		}

		starts++;
		// eslint-disable-next-line no-await-in-loop -- the same
		await start(options);
	}
}

/**
Afterwards a worker is there, or another one has the queue.
*/
async function start({home, environment, program}: ReachOptions): Promise<void> {
	const report = await startWorker({home, environment, program});
	if (report.state === 'elsewhere') {
		throw new RemudaError(`The downloads of this home are worked on by ${sanitizeLine(report.host)}.`, {
			code: 'queue_elsewhere',
			hint: 'Stop them there. If nothing runs there any more, try again in a minute.',
		});
	}
}

async function connectToAny({home, models, environment, onChanged}: ReachOptions): Promise<WorkerLink | undefined> {
	for (const socketPath of await knownSocketPaths(home, environment)) {
		// eslint-disable-next-line no-await-in-loop -- the likeliest first
		if (!await isOwnSocket(home, socketPath)) {
			continue;
		}

		try {
			// eslint-disable-next-line no-await-in-loop -- the same
			const link = await connectToWorker({
				socketPath, models, environment: askerEnvironment(environment), onChanged,
			});
			if (link !== undefined) {
				return link;
			}
		} catch (error) {
			if (!(error instanceof DisconnectedError)) {
				throw new AccessError('The downloads worker does not let this user in.', {
					code: 'worker_refused',
					hint: 'Use Remuda as the user who started it.',
					cause: error,
				});
			}
		}
	}

	return undefined;
}
