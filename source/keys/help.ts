import {type AppState} from '../state/state.js';
import {tabBindings} from './bindings/all-bindings.js';
import {typingBindings} from './bindings/global.js';
import {type KeyBinding, type Scope} from './key-binding.js';
import {keyLabel} from './key-label.js';
import {tabPlace} from './tab-place.js';

export type HelpSection = {
	readonly title: string;
	readonly entries: ReadonlyArray<{
		readonly keys: string;
		readonly label: string;
		/**
		Why it cannot be done now.
		*/
		readonly reason?: string;
	}>;
};

const everywhereAndTabs: readonly KeyBinding[] = [...tabBindings, ...typingBindings];

/**
Every key of the place behind the help, nearest scope first.
*/
export function helpSections(state: AppState): readonly HelpSection[] {
	return tabPlace(state).scopes.map((scope): HelpSection => ({
		title: titleOf(scope),
		entries: everywhereAndTabs.filter(binding => binding.scope === scope).map(binding => ({
			keys: binding.keys.map(key => keyLabel(key)).join(' '),
			label: binding.label,
			reason: binding.disabled?.(state),
		})),
	}));
}

/**
Rows that the sections take: a heading, the keys, and a blank row between two.
*/
export function helpRows(state: AppState): number {
	const sections = helpSections(state);
	return sections.flatMap(({entries}) => entries).length + (2 * sections.length) - 1;
}

function titleOf(scope: Scope): string {
	return scope === 'global' ? 'everywhere' : scope.replace('.', ': ');
}
