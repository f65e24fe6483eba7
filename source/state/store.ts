import {type Action} from './actions.js';
import {type AppState} from './state.js';

export type Store = {
	readonly getState: () => AppState;
	/**
	Reduces, tells the subscribers if anything changed, then hands the action to the effects.
	*/
	readonly dispatch: (action: Action) => void;
	/**
	Returns the function that ends the subscription.
	*/
	readonly subscribe: (listener: () => void) => () => void;
};

export type StoreOptions = {
	readonly initialState: AppState;
	readonly reduce: (state: AppState, action: Action) => AppState;
	readonly onAction: (action: Action) => void;
};

/**
Holds the state. Actions dispatched by a subscriber wait for the one under way.
*/
export function createStore({initialState, reduce, onAction}: StoreOptions): Store {
	const listeners = new Set<() => void>();
	const queue: Action[] = [];
	let state = initialState;
	let isBusy = false;

	function apply(action: Action) {
		const next = reduce(state, action);
		if (next !== state) {
			state = next;
			for (const listener of listeners) {
				listener();
			}
		}

		onAction(action);
	}

	return {
		getState: () => state,
		dispatch(action) {
			queue.push(action);
			if (isBusy) {
				return;
			}

			isBusy = true;
			try {
				for (let next = queue.shift(); next; next = queue.shift()) {
					apply(next);
				}
			} finally {
				isBusy = false;
			}
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}
