import {InterruptedError} from '../../../errors/interrupted-error.js';
import {toErrorReport} from '../../../errors/to-error-report.js';
import {toDiskError} from '../disk/to-disk-error.js';
import {type QueueEntry} from './queue-entry.js';

/**
Why a run is stopped: by the user, to let another one go first, or because the program ends.
*/
type Intent = 'pause' | 'cancel' | 'yield' | 'close';

type Run = {
	readonly controller: AbortController;
	readonly finished: Promise<void>;
	intent?: Intent;
};

export type SchedulerOptions = {
	/**
	In queue order.
	*/
	readonly entries: () => readonly QueueEntry[];
	/**
	How many may run at once.
	*/
	readonly limit: () => number;
	/**
	Does the work; `held` when another process is at it.
	*/
	readonly run: (entry: QueueEntry, signal: AbortSignal) => Promise<'done' | 'held'>;
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
	readonly start: (isWanted?: (entry: QueueEntry) => boolean) => void;
	/**
	Looks whether a run can begin, or has to end.
	*/
	readonly wake: () => void;
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
const heldMilliseconds = 2000;

/**
Keeps as many downloads running as the limit allows, first come first served.
*/
export function createScheduler(options: SchedulerOptions): Scheduler {
	const {entries, save, onChanged} = options;
	const runs = new Map<string, Run>();
	let isWorking = false;
	let isWanted: (entry: QueueEntry) => boolean = () => true;
	let ticking: NodeJS.Timeout | undefined;

	function wake(): void {
		if (!isWorking) {
			return;
		}

		const limit = Math.max(1, Math.floor(options.limit()));
		const active = entries().filter(({id}) => runs.get(id)?.intent === undefined && runs.has(id));
		for (const {id} of active.slice(limit)) {
			interrupt(runs.get(id), 'yield');
		}

		// One that is still stopping keeps its place until it has stopped.
		const room = limit - runs.size;
		const waiting = entries().filter(entry => entry.status === 'pending' && !runs.has(entry.id) && entry.blockedUntil <= performance.now() && isWanted(entry));
		for (const entry of waiting.slice(0, Math.max(0, room))) {
			begin(entry);
		}

		keepTicking();
	}

	function begin(entry: QueueEntry): void {
		const controller = new AbortController();
		runs.set(entry.id, {controller, finished: execute(entry, controller.signal)});
	}

	async function execute(entry: QueueEntry, signal: AbortSignal): Promise<void> {
		// The run is listed first: whoever looks for it finds it.
		await Promise.resolve();
		try {
			if (await options.run(entry, signal) === 'done') {
				entry.end('completed', {finishedAt: nowText()});
				await save(entry);
			} else {
				entry.blockedUntil = performance.now() + heldMilliseconds;
				entry.end('pending', {activity: 'another Remuda is working on it'});
			}
		} catch (error) {
			await fail(entry, signal, error);
			await save(entry);
		}

		runs.delete(entry.id);
		onChanged('status');
		wake();
	}

	async function fail(entry: QueueEntry, signal: AbortSignal, error: unknown): Promise<void> {
		const intent = runs.get(entry.id)?.intent;
		if (!signal.aborted) {
			entry.end('failed', {error: toErrorReport(toDiskError(error)), finishedAt: nowText()});
		} else if (intent === 'cancel') {
			await options.discard(entry);
			entry.end('cancelled', {finishedAt: nowText()});
		} else {
			entry.end(intent === 'pause' ? 'paused' : 'pending');
		}
	}

	function nowText(): string {
		return new Date(options.now()).toISOString();
	}

	function interrupt(run: Run | undefined, intent: Intent): void {
		if (run === undefined) {
			return;
		}

		run.intent = intent;
		run.controller.abort(new InterruptedError());
	}

	/**
	While there is work: rates fall when nothing comes in, the limit may change, and what another process has may become free.
	*/
	function keepTicking(): void {
		const hasWork = isWorking && entries().some(entry => runs.has(entry.id) || (entry.status === 'pending' && isWanted(entry)));
		if (!hasWork) {
			clearInterval(ticking);
			ticking = undefined;
			return;
		}

		ticking ??= setInterval(() => {
			const now = performance.now();
			for (const entry of entries()) {
				entry.sampleRate(now);
			}

			onChanged('progress');
			wake();
		}, tickMilliseconds);
	}

	return {
		start(only = () => true) {
			isWorking = true;
			isWanted = only;
			wake();
		},
		wake,
		async stop({id}, intent) {
			interrupt(runs.get(id), intent);
			await runs.get(id)?.finished;
		},
		async idle({id}) {
			await runs.get(id)?.finished;
		},
		async close() {
			isWorking = false;
			keepTicking();
			for (const run of runs.values()) {
				// What the user wanted before still goes.
				interrupt(run, run.intent ?? 'close');
			}

			await Promise.all(runs.values().map(async ({finished}) => finished));
		},
	};
}
