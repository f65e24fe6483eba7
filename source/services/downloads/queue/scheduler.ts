import {type Wait} from '../schedule/wait-of.js';
import {carryOutRun} from './carry-out-run.js';
import {chooseRuns} from './choose-runs.js';
import {type QueueEntry} from './queue-entry.js';
import {type Again} from './again.js';
import {type DownloadRecord} from './download-record.js';
import {RunList} from './run-list.js';
import {createTicker} from './ticker.js';

export type SchedulerOptions = {
	/**
	In the order they are worked through.
	*/
	readonly entries: () => readonly QueueEntry[];
	/**
	How many may run at once.
	*/
	readonly limit: () => number;
	/**
	Whether the time has come for one, by the clock and the settings as they are now.
	*/
	readonly waitOf: (entry: QueueEntry) => Wait | undefined;
	/**
	Does the work; `held` when another process is at it.
	*/
	readonly run: (entry: QueueEntry, signal: AbortSignal) => Promise<'done' | 'held'>;
	/**
	Takes over what another process wrote into the settings; never rejects.
	*/
	readonly refresh: () => Promise<void>;
	/**
	When one that failed is tried again by itself, if it is.
	*/
	readonly planAgain: (record: DownloadRecord, error: unknown) => Again | undefined;
	/**
	Deletes the partial files.
	*/
	readonly discard: (entry: QueueEntry) => Promise<void>;
	/**
	Keeps the record; never rejects.
	*/
	readonly save: (entry: QueueEntry) => Promise<void>;
	readonly onChanged: (kind: 'progress' | 'status') => void;
	readonly now: () => number;
};

export type Scheduler = {
	readonly start: () => void;
	/**
	Looks whether a run can begin, or has to end.
	*/
	readonly wake: () => void;
	readonly running: () => readonly QueueEntry[];
	/**
	Ends a run, if there is one; resolves once it is over.
	*/
	readonly stop: (entry: QueueEntry, intent: 'pause' | 'cancel') => Promise<void>;
	/**
	Resolves once no run of the entry is under way.
	*/
	readonly idle: (entry: QueueEntry) => Promise<void>;
	readonly close: () => Promise<void>;
};

const tickMilliseconds = 500;
const longestNap = 1000;
const shortestNap = 10;
const refreshMilliseconds = 1000;
const saveMilliseconds = 10_000;

/**
Keeps the first downloads running that may run, as many as the limit allows; one that is not among them any more gives its place up.
*/
export function createScheduler(options: SchedulerOptions): Scheduler {
	const {entries, save, onChanged} = options;
	const runs = new RunList();
	let isWorking = false;
	const ticker = createTicker(() => {
		void tick();
	});
	let refreshedAt = -Infinity;
	let savedAt = performance.now();

	function wake(): void {
		if (!isWorking) {
			return;
		}

		const candidates = entries().filter(({id, status, halting}) => runs.isGoingOn(id) || (status === 'pending' && halting === 0 && !runs.has(id)));
		const waits = new Map(candidates.map(entry => [entry.id, options.waitOf(entry) ?? waitForOther(entry)]));
		const described = candidates.map(({id, status}) => ({
			id, isRunning: runs.has(id), isVerifying: status === 'verifying', mustWait: waits.get(id) !== undefined,
		}));
		const limit = Math.max(1, options.limit());
		const choice = chooseRuns(described, {limit, stopping: runs.stopping});

		for (const entry of candidates) {
			if (choice.yield.includes(entry.id)) {
				// It has not begun, or has just ended: there is nothing to stop.
				if (entry.status === 'pending') {
					continue;
				}

				entry.log(waits.get(entry.id)?.reason ?? 'gave its place up to one that goes first');
				runs.interrupt(entry.id, 'yield');
			} else if (choice.begin.includes(entry.id)) {
				begin(entry);
			} else if (!runs.has(entry.id)) {
				showWait(entry, waits.get(entry.id)?.reason ?? 'waits for its turn');
			}
		}

		keepTicking(waits.values().filter(wait => wait !== undefined).map(({until}) => until).toArray());
	}

	function waitForOther({blockedUntil}: QueueEntry): Wait | undefined {
		const milliseconds = blockedUntil - performance.now();
		return milliseconds > 0 ? {reason: 'another Remuda is working on it', until: options.now() + milliseconds} : undefined;
	}

	/**
	Every reason is logged when it begins to hold, but for the one that goes without saying.
	*/
	function showWait(entry: QueueEntry, reason: string): void {
		if (entry.view.activity === reason) {
			return;
		}

		entry.setActivity(reason);
		if (reason !== 'waits for its turn' && entry.record.events.at(-1)?.text !== reason) {
			entry.log(reason);
			void save(entry);
		}

		onChanged('status');
	}

	function afterRun(): void {
		onChanged('status');
		wake();
	}

	function begin(entry: QueueEntry): void {
		const {id} = entry;
		runs.begin(id, async signal => carryOutRun(entry, {
			signal,
			run: async () => options.run(entry, signal),
			intent: () => runs.intentOf(id),
			planAgain: options.planAgain,
			discard: async () => options.discard(entry),
			save: async () => save(entry),
		}), afterRun);
	}

	/**
	While there is work: rates fall when nothing comes in, settings may change, the clock may jump, and what another process has may become free.
	*/
	function keepTicking(wakeTimes: readonly number[]): void {
		if (runs.size > 0) {
			ticker.tickIn(tickMilliseconds);
		} else if (entries().some(({status}) => status === 'pending')) {
			const untilWake = Math.min(...wakeTimes) - options.now();
			ticker.tickIn(Math.min(longestNap, Math.max(shortestNap, untilWake)));
		}
	}

	async function tick(): Promise<void> {
		const moment = performance.now();
		if (moment - refreshedAt >= refreshMilliseconds) {
			refreshedAt = moment;
			await options.refresh();
		}

		if (!isWorking) {
			return;
		}

		const running = entries().filter(({id}) => runs.has(id));
		for (const entry of running) {
			entry.sample(moment);
		}

		if (moment - savedAt >= saveMilliseconds) {
			savedAt = moment;
			// One after another would take no less: the records are written in a row.
			await Promise.all(running.map(async entry => save(entry)));
		}

		onChanged('progress');
		wake();
	}

	return {
		start() {
			isWorking = true;
			wake();
		},
		wake,
		running: () => entries().filter(({id}) => runs.has(id)),
		async stop({id}, intent) {
			runs.interrupt(id, intent);
			await runs.idle(id);
		},
		async idle({id}) {
			await runs.idle(id);
		},
		async close() {
			isWorking = false;
			ticker.stop();
			await runs.close();
		},
	};
}
