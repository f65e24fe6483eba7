import {type Action} from '../../state/actions.js';
import {quitDialog} from '../../state/selectors/download-dialogs.js';
import {selectUnsettled} from '../../state/selectors/downloads.js';
import {selectRunningWork} from '../../state/selectors/running-work.js';
import {type AppState} from '../../state/state.js';
import {tabs, type Tab} from '../../state/tabs.js';
import {emptyTextField} from '../../state/text-field.js';
import {type KeyBinding, type Scope} from '../key-binding.js';

/**
What works on every tab.
*/
export const globalBindings: readonly KeyBinding[] = [
	...tabs.map((tab, index): KeyBinding => ({
		id: `tab.${tab}`,
		label: `${tab} tab`,
		keys: [String(index + 1)],
		scope: 'global',
		actions: () => [{type: 'screen/tab-opened', tab}],
	})),
	{
		id: 'tab.next',
		label: 'next tab',
		keys: ['tab'],
		scope: 'global',
		actions: state => [{type: 'screen/tab-opened', tab: neighbour(state, 1)}],
	},
	{
		id: 'tab.previous',
		label: 'previous tab',
		keys: ['shift+tab'],
		scope: 'global',
		actions: state => [{type: 'screen/tab-opened', tab: neighbour(state, -1)}],
	},
	{
		id: 'help',
		label: 'all keys',
		keys: ['?'],
		scope: 'global',
		hint: 90,
		actions: () => [{type: 'screen/dialog-opened', dialog: {kind: 'help', top: 0}}],
	},
	{
		id: 'palette',
		label: 'command palette',
		keys: [':'],
		scope: 'global',
		actions: () => [{type: 'screen/dialog-opened', dialog: {kind: 'palette', field: emptyTextField, cursor: 0}}],
	},
	{
		id: 'quit',
		label: 'quit',
		keys: ['q', 'ctrl+c'],
		scope: 'global',
		hint: 91,
		actions: quitActions,
	},
	{
		id: 'suspend',
		label: 'back to the shell, until fg',
		keys: ['ctrl+z'],
		scope: 'global',
		actions: () => [{type: 'app/suspend-requested'}],
	},
];

/**
What still works while text is being typed: the keys that type nothing.
*/
export const typingBindings: readonly KeyBinding[] = globalBindings
	.filter(({id}) => ['tab.next', 'tab.previous', 'quit', 'suspend'].includes(id))
	.map(binding => ({
		...binding, scope: 'typing', keys: binding.keys.filter(key => key.length > 1), hint: undefined,
	}));

/**
What works while the window is too small to show anything: no key may do what nobody can see, and no dialog could be answered.
*/
export const hiddenBindings: readonly KeyBinding[] = [
	{
		id: 'hidden.quit',
		label: 'quit',
		keys: ['q', 'ctrl+c'],
		scope: 'hidden',
		actions: () => [{type: 'app/quit'}],
	},
	...suspendIn('hidden'),
];

/**
Gives the terminal back wherever one is.
*/
export function suspendIn(scope: Scope): readonly KeyBinding[] {
	return globalBindings.filter(({id}) => id === 'suspend').map(binding => ({...binding, scope}));
}

/**
Ends at once when nothing runs. Asks what shall become of downloads, and names what would be cut short.
*/
export function quitActions(state: AppState): readonly Action[] {
	const cutShort = selectRunningWork(state);
	if (selectUnsettled(state).length > 0) {
		return [{type: 'screen/dialog-opened', dialog: quitDialog(state)}];
	}

	if (cutShort.length === 0) {
		return [{type: 'app/quit'}];
	}

	return [{
		type: 'screen/dialog-opened',
		dialog: {
			kind: 'confirm',
			title: 'Quit while work is running?',
			lines: cutShort,
			confirmLabel: 'quit',
			confirmed: {type: 'app/quit'},
		},
	}];
}

function neighbour({screen}: AppState, step: number): Tab {
	const index = (tabs.indexOf(screen.tab) + step + tabs.length) % tabs.length;
	return tabs[index] ?? screen.tab;
}
