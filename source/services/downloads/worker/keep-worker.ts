import {toErrorReport} from '../../../errors/to-error-report.js';
import {
	findWorker,
	isQueueHeldHere,
	reachWorker,
	type ReachOptions,
} from './reach-worker.js';
import {requireHome} from './require-home.js';
import {workerFailed} from './start-worker.js';
import {type WorkerLink} from './worker-link.js';

export type KeepWorkerOptions = ReachOptions & {
	/**
	Whether something waits for a worker.
	*/
	readonly hasWork: () => boolean;
	/**
	The worker is gone; `link` is undefined until there is another.
	*/
	readonly onGone: () => void;
	/**
	Aborted once no worker is wanted any more.
	*/
	readonly closing: AbortSignal;
};

/**
The worker as a client has it: connected to where there is one, started again where it died at work.
*/
export type WorkerKeeper = {
	readonly link: () => WorkerLink | undefined;
	/**
	Aborted with the reason why no worker is started any more by itself; another signal once there is a worker again.
	*/
	readonly givenUp: () => AbortSignal;
	/**
	Whether one had the queue when it was last looked for, and could not be connected to: it is coming up, ending, or stuck.
	*/
	readonly isSilent: () => boolean;
	/**
	Connects to a worker, if there is one. One that is not for this client is found in `givenUp`.
	*/
	readonly find: () => Promise<WorkerLink | undefined>;
	/**
	Connects to a worker, or starts one.
	@throws as `reachWorker`.
	*/
	readonly reach: () => Promise<WorkerLink>;
	/**
	Starts a worker where something waits for one and none is there, without anybody who asks for it, so only a few times a minute. Failures are found in `givenUp`.
	*/
	readonly restart: () => Promise<void>;
	/**
	Looks once a second, from now on, whether another process has started a worker, and starts one itself where the last has died at work. Keeps no process alive by itself.
	*/
	readonly watch: () => void;
	/**
	Keeps the process alive until the function returned is called: somebody waits for what a worker does, and for the next one where it dies.
	*/
	readonly hold: () => () => void;
};

const lookMs = 1000;
const maximumRestarts = 3;
const restartWindowMs = 60_000;
// What no further try mends.
const finalCodes = new Set(['home_gone', 'queue_elsewhere', 'other_worker', 'worker_refused']);

export function keepWorker({hasWork, onGone, closing, ...options}: KeepWorkerOptions): WorkerKeeper {
	const {home, onChanged} = options;
	let link: WorkerLink | undefined;
	let reaching: Promise<WorkerLink> | undefined;
	let givingUp = new AbortController();
	let restarts: readonly number[] = [];
	let watching: NodeJS.Timeout | undefined;
	let isLooking = false;
	const holders = new Set<symbol>();
	let silentSince: number | undefined;

	const current = () => link?.isClosed() === false ? link : undefined;

	function adopt(found: WorkerLink): WorkerLink {
		const before = current();
		if (closing.aborted) {
			found.close();
			closing.throwIfAborted();
		}

		if (before !== undefined) {
			if (before !== found) {
				// It was looked for twice at once.
				found.close();
			}

			return before;
		}

		link = found;
		void found.closed.then(() => {
			if (link !== found) {
				return;
			}

			link = undefined;
			onGone();
		});
		if (givingUp.signal.aborted) {
			givingUp = new AbortController();
		}

		onChanged();
		return found;
	}

	async function find(): Promise<WorkerLink | undefined> {
		const begin = performance.now();
		try {
			const found = current() ?? await findWorker(options);
			silentSince = found === undefined && await isQueueHeldHere(home) ? silentSince ?? begin : undefined;
			return found && adopt(found);
		} catch (error) {
			if (finalCodes.has(toErrorReport(error).code)) {
				giveUp(error);
			}

			return undefined;
		}
	}

	async function reach(): Promise<WorkerLink> {
		const found = current();
		if (found !== undefined) {
			return found;
		}

		// There is one patience with a worker that says nothing, however often it is asked for.
		reaching ??= reachWorker(options, {since: silentSince ?? performance.now()});
		try {
			return adopt(await reaching);
		} finally {
			reaching = undefined;
		}
	}

	async function restart(): Promise<void> {
		if (!hasWork() || givingUp.signal.aborted) {
			return;
		}

		const now = performance.now();
		restarts = restarts.filter(time => now - time < restartWindowMs);
		if (restarts.length >= maximumRestarts) {
			giveUp(workerFailed(home, `ended ${maximumRestarts} times within a minute`));
			return;
		}

		restarts = [...restarts, now];
		try {
			await requireHome(home);
			await reach();
		} catch (error) {
			if (restarts.length >= maximumRestarts || finalCodes.has(toErrorReport(error).code)) {
				giveUp(error);
			}
		}
	}

	function giveUp(reason: unknown): void {
		if (closing.aborted || givingUp.signal.aborted) {
			return;
		}

		givingUp.abort(reason);
		onChanged();
	}

	async function look(): Promise<void> {
		if (isLooking || reaching !== undefined || current() !== undefined) {
			return;
		}

		isLooking = true;
		try {
			if (await find() === undefined) {
				await restart();
			}
		} finally {
			isLooking = false;
		}
	}

	/**
	A worker that dies leaves nothing but the timer to a process that waits for it.
	*/
	function keepAlive(): void {
		if (holders.size > 0) {
			watching?.ref();
		} else {
			watching?.unref();
		}
	}

	closing.addEventListener('abort', () => {
		clearInterval(watching);
		link?.close();
	});

	return {
		link: current,
		givenUp: () => givingUp.signal,
		isSilent: () => silentSince !== undefined,
		find,
		reach,
		restart,
		watch() {
			watching ??= setInterval(() => {
				void look();
			}, lookMs);
			keepAlive();
		},
		hold() {
			const holder = Symbol('holder');
			holders.add(holder);
			keepAlive();
			return () => {
				holders.delete(holder);
				keepAlive();
			};
		},
	};
}
