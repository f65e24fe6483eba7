import {createEffectRunner, type EffectRunner} from '../state/effects/effect-runner.js';
import {effects} from '../state/effects/effects.js';
import {type Action} from '../state/actions.js';
import {initialState, reduce} from '../state/reducers/root.js';
import {createStore, type Store} from '../state/store.js';
import {type Services} from '../services/services.js';

export type Session = {
	readonly store: Store;
	/**
	Lets the effects of all actions begin, those of the actions so far as well.
	*/
	readonly begin: (services: Services) => void;
	/**
	Aborts all effects and waits for their end.
	*/
	readonly close: () => Promise<void>;
};

/**
A store that can be drawn before the services are there: what a person does meanwhile is not lost, only done a little later.
*/
export function createSession(size: {readonly columns: number; readonly rows: number}): Session {
	const early: Action[] = [];
	let runner: EffectRunner | undefined;
	let isClosed = false;
	const store = createStore({
		initialState: {...initialState, screen: {...initialState.screen, ...size}},
		reduce,
		onAction(action) {
			if (runner) {
				runner.handle(action);
			} else {
				early.push(action);
			}
		},
	});
	return {
		store,
		begin(services) {
			// Somebody was faster to quit than the services to come up.
			if (isClosed) {
				return;
			}

			const {dispatch, getState} = store;
			runner = createEffectRunner({
				effects, services, dispatch, getState,
			});
			dispatch({type: 'app/started'});
			for (const action of early.splice(0)) {
				runner.handle(action);
			}
		},
		async close() {
			isClosed = true;
			await runner?.close();
		},
	};
}
