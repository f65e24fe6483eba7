import {toErrorReport} from '../../errors/to-error-report.js';
import {type Services} from '../../services/services.js';
import {type Action} from '../actions.js';
import {type AppState} from '../state.js';
import {type Effect, type Effects, type Job} from './effect.js';

type Run = {
	readonly controller: AbortController;
	readonly done: Promise<void>;
	superseded: boolean;
};

export type EffectRunner = {
	/**
	Starts or cancels what the table says for this action.
	*/
	readonly handle: (action: Action) => void;
	readonly cancel: (key: string) => void;
	/**
	Aborts everything and waits for it to settle. Starts nothing any more.
	*/
	readonly close: () => Promise<void>;
};

export type EffectRunnerOptions = {
	readonly effects: Effects;
	readonly services: Services;
	readonly dispatch: (action: Action) => void;
	readonly getState: () => AppState;
};

/**
Runs effects by key: one run per key at a time, each of which ends with at most one action.
*/
export function createEffectRunner({effects, services, dispatch, getState}: EffectRunnerOptions): EffectRunner {
	const runs = new Map<string, Run>();
	// Also the superseded ones, which have no key any more but may still be tidying up.
	const unsettled = new Set<Run>();
	let isClosed = false;

	function start(job: Job, action: Action) {
		const key = job.key(action);
		const older = runs.get(key);
		if (older) {
			older.superseded = true;
			older.controller.abort();
		}

		const controller = new AbortController();
		const run: Run = {controller, superseded: false, done: settle()};
		runs.set(key, run);
		unsettled.add(run);

		async function settle() {
			// Effects never run inside the dispatch that started them.
			await Promise.resolve();
			const last = await outcome(job, action, controller.signal);
			unsettled.delete(run);
			if (runs.get(key) === run) {
				runs.delete(key);
			}

			if (last && !run.superseded) {
				dispatch(last);
			}
		}
	}

	async function outcome(job: Job, action: Action, signal: AbortSignal): Promise<Action | undefined> {
		const context = {
			services,
			getState,
			signal,
			dispatch(progress: Action) {
				if (!signal.aborted) {
					dispatch(progress);
				}
			},
		};
		try {
			return await job.run(action, context);
		} catch (error) {
			// Whatever an aborted run throws is the abort's doing.
			return signal.aborted ? job.cancelled?.(action) : job.failed(toErrorReport(error), action);
		}
	}

	function cancel(key: string) {
		runs.get(key)?.controller.abort();
	}

	return {
		handle(action) {
			// The table's key is the action's type, which a lookup by a union cannot express.
			const effect = effects[action.type] as Effect | undefined;
			if (!effect || isClosed) {
				return;
			}

			if ('cancels' in effect) {
				cancel(effect.cancels(action));
			} else {
				start(effect, action);
			}
		},
		cancel,
		async close() {
			isClosed = true;
			const pending = [...unsettled];
			for (const {controller} of pending) {
				controller.abort();
			}

			await Promise.all(pending.map(async ({done}) => done));
		},
	};
}
