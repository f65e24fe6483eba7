import assert from 'node:assert/strict';
import {inspect} from 'node:util';
import {resolveKeypress} from '../../source/keys/resolve-keypress.js';
import {createServices} from '../../source/services/create-services.js';
import {type Services} from '../../source/services/services.js';
import {type Action} from '../../source/state/actions.js';
import {type AppState} from '../../source/state/state.js';
import {createSession} from '../../source/terminal/create-session.js';
import {temporaryFolder} from './temporary-folder.js';

export type AppSession = AsyncDisposable & {
	readonly store: ReturnType<typeof createSession>['store'];
	readonly services: Services;
	readonly home: string;
	readonly state: () => AppState;
	readonly dispatch: (action: Action) => void;
	/**
	Presses keys by the names that bindings use; a name of one character also types it.
	*/
	readonly press: (...names: readonly string[]) => void;
	readonly type: (text: string) => void;
	/**
	Resolves with the first state that is as expected, the present one included.

	@throws {Error} After a minute, with the part of the state that `describe` picks.
	*/
	readonly waitFor: (isExpected: (state: AppState) => boolean, describe?: (state: AppState) => unknown) => Promise<AppState>;
	/**
	Ends the effects as quitting does; the services stay.
	*/
	readonly close: () => Promise<void>;
	/**
	The texts of all notices so far.
	*/
	readonly notices: readonly string[];
};

export type AppSessionOptions = {
	/**
	Of a local hub.
	*/
	readonly endpoint: string;
	readonly columns?: number;
	readonly rows?: number;
};

/**
The app without its screen: the real store, effects and services in a home of their own that goes away.
*/
export async function openAppSession({endpoint, columns = 80, rows = 24}: AppSessionOptions): Promise<AppSession> {
	const folder = await temporaryFolder();
	const services = await createServices({environment: {HOME: folder.path, REMUDA_HOME: folder.path, HF_ENDPOINT: endpoint}, downloads: 'in-process'});
	const {store, begin, close} = createSession({columns, rows});
	const notices: string[] = [];
	store.subscribe(() => {
		const {notice} = store.getState().screen;
		if (notice !== undefined && notice.text !== notices.at(-1)) {
			notices.push(notice.text);
		}
	});
	begin(services);

	const press = (name: string) => {
		const text = name === 'space' ? ' ' : (name.length === 1 ? name : '');
		for (const action of resolveKeypress(store.getState(), {name, text})) {
			store.dispatch(action);
		}
	};

	return {
		store,
		services,
		home: folder.path,
		notices,
		close,
		state: store.getState,
		dispatch: store.dispatch,
		press(...names) {
			for (const name of names) {
				press(name);
			}
		},
		type(text) {
			for (const character of text) {
				press(character === ' ' ? 'space' : character);
			}
		},
		async waitFor(isExpected, describe = state => state.screen) {
			const {promise, resolve, reject} = Promise.withResolvers<AppState>();
			const check = () => {
				if (isExpected(store.getState())) {
					resolve(store.getState());
				}
			};

			const unsubscribe = store.subscribe(check);
			const timeout = setTimeout(() => {
				const shown = inspect(describe(store.getState()), {depth: 4});
				reject(new assert.AssertionError({message: `A minute went by. ${shown}`}));
			}, 60_000);
			check();
			try {
				return await promise;
			} finally {
				unsubscribe();
				clearTimeout(timeout);
			}
		},
		async [Symbol.asyncDispose]() {
			await close();
			await services.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}
