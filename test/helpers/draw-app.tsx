import process from 'node:process';
import {initialState, reduce} from '../../source/state/reducers/root.js';
import {type Action} from '../../source/state/actions.js';
import {type AppState} from '../../source/state/state.js';
import {createStore} from '../../source/state/store.js';
import {createFakeTerminal, type FakeTerminal} from './fake-terminal.js';

export type DrawnApp = Disposable & {
	readonly terminal: FakeTerminal;
	readonly dispatch: (action: Action) => void;
	readonly state: () => AppState;
	/**
	The rows, once one of them contains the text.
	*/
	readonly rowsWith: (text: string) => Promise<readonly string[]>;
};

export type DrawOptions = {
	readonly columns?: number;
	readonly rows?: number;
	/**
	What happened before the first frame.
	*/
	readonly actions?: readonly Action[];
};

/**
The whole app drawn into a fake terminal, with the real store and keys, and no effects: what it shows is what the actions say.

Ink looks for colours when it is first imported, so a test file has them or not: without `FORCE_COLOR` in the environment they are on.
*/
export async function drawApp({columns = 80, rows = 24, actions = []}: DrawOptions = {}): Promise<DrawnApp> {
	process.env.FORCE_COLOR ??= '3';
	const {render} = await import('ink');
	const {App} = await import('../../source/ui/app.js');
	const store = createStore({initialState, reduce, onAction: () => undefined});
	for (const action of [{type: 'screen/resized', columns, rows} as const, ...actions]) {
		store.dispatch(action);
	}

	const terminal = createFakeTerminal({columns, rows});
	const instance = render(<App store={store} hasColors={process.env.FORCE_COLOR !== '0'} onSuspend={async () => undefined}/>, {...terminal.renderOptions, incrementalRendering: true});
	return {
		terminal,
		dispatch: store.dispatch,
		state: store.getState,
		async rowsWith(text) {
			await terminal.waitFor(text);
			// The text may be there before the rest of its frame.
			await terminal.settled();
			return terminal.screen();
		},
		[Symbol.dispose]() {
			instance.unmount();
			terminal.dispose();
		},
	};
}
