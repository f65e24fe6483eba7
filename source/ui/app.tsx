import {
	Box,
	useApp,
	useInput,
	usePaste,
} from 'ink';
import {useEffect, useSyncExternalStore} from 'react';
import {keypressesFromInput} from '../keys/keypress-from-input.js';
import {resolveKeypress} from '../keys/resolve-keypress.js';
import {type Action} from '../state/actions.js';
import {bodyRows, isTooSmall, noticeLines} from '../state/selectors/layout.js';
import {type AppState} from '../state/state.js';
import {type Tab} from '../state/tabs.js';
import {type Keypress} from '../types/keypress.js';
import {ColorContext} from './components/cursor.js';
import {DialogView} from './components/dialog-view.js';
import {Footer} from './components/footer.js';
import {Header} from './components/header.js';
import {TooSmall} from './components/too-small.js';
import {BenchScreen} from './screens/bench/bench-screen.js';
import {BrowseScreen} from './screens/browse/browse-screen.js';
import {CacheScreen} from './screens/cache/cache-screen.js';
import {ChatScreen} from './screens/chat/chat-screen.js';
import {DownloadsScreen} from './screens/downloads/downloads-screen.js';
import {HardwareScreen} from './screens/hardware/hardware-screen.js';
import {type ScreenProps} from './screens/screen-props.js';

export type AppProps = {
	readonly store: {
		readonly getState: () => AppState;
		readonly subscribe: (listener: () => void) => () => void;
		readonly dispatch: (action: Action) => void;
	};
	/**
	Gives the terminal back to the shell until the job is continued.
	*/
	readonly onSuspend: () => Promise<void>;
	/**
	Whether the terminal is drawn on with colours. The default is yes.
	*/
	readonly hasColors?: boolean;
};

const screens: Readonly<Record<Tab, (props: ScreenProps) => React.JSX.Element>> = {
	browse: BrowseScreen,
	downloads: DownloadsScreen,
	cache: CacheScreen,
	hardware: HardwareScreen,
	chat: ChatScreen,
	bench: BenchScreen,
};

/**
The whole screen. The only place that hears keys.
*/
export function App({store, onSuspend, hasColors = true}: AppProps) {
	const state = useSyncExternalStore(store.subscribe, store.getState);
	const {exit} = useApp();
	const {columns, rows, tab, dialog, quitting} = state.screen;

	const press = (keypress: Keypress) => {
		for (const action of resolveKeypress(store.getState(), keypress)) {
			store.dispatch(action);
			// Only Ink can let go of the terminal, so this is no effect.
			if (action.type === 'app/suspend-requested') {
				void onSuspend();
			}
		}
	};

	useInput((input, key) => {
		for (const keypress of keypressesFromInput(input, key)) {
			press(keypress);
		}
	});
	usePaste(text => {
		press({name: 'paste', text});
	});

	useEffect(() => {
		if (quitting) {
			exit();
		}
	}, [quitting, exit]);

	const Screen = screens[tab];
	const height = bodyRows(state.screen);
	return (
		<ColorContext value={hasColors}>
			{/* Only rows are cut: Ink would cut every line a second time for a horizontal edge that none crosses. */}
			<Box flexDirection='column' width={columns} height={rows} overflowY='hidden'>
				{isTooSmall(state.screen)
					? <TooSmall columns={columns} rows={rows}/>
					: (
						<>
							<Header state={state}/>
							<Box flexDirection='column' height={height - Math.max(0, noticeLines(state.screen).length - 1)} flexShrink={0} overflowY='hidden'>
								{dialog ? <DialogView state={state} dialog={dialog} height={height}/> : <Screen state={state} width={columns} height={height}/>}
							</Box>
							<Footer state={state}/>
						</>
					)}
			</Box>
		</ColorContext>
	);
}
