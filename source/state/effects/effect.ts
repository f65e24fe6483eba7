import {type Services} from '../../services/services.js';
import {type ErrorReport} from '../../types/error-report.js';
import {type Action} from '../actions.js';
import {type AppState} from '../state.js';

export type EffectContext = {
	/**
	Does nothing any more once the run has been aborted.
	*/
	readonly dispatch: (action: Action) => void;
	readonly getState: () => AppState;
	readonly services: Services;
	readonly signal: AbortSignal;
};

/**
Work that an action starts. The same key again aborts the older run, whose end is then not heard of.
*/
export type Job<A extends Action = Action> = {
	readonly key: (action: A) => string;
	/**
	Resolves with the action that says how it ended, if anything needs to be said.
	*/
	readonly run: (action: A, context: EffectContext) => Promise<Action | undefined>;
	readonly failed: (report: ErrorReport, action: A) => Action;
	/**
	What an abort by the user says; a run may also resolve with its own last action.
	*/
	readonly cancelled?: (action: A) => Action;
};

/**
An action that stops a running job.
*/
export type Cancellation<A extends Action = Action> = {
	readonly cancels: (action: A) => string;
};

export type Effect<A extends Action = Action> = Job<A> | Cancellation<A>;

/**
The table of effects by action type.
*/
export type Effects = {readonly [Type in Action['type']]?: Effect<Extract<Action, {type: Type}>>};
