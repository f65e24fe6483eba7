import {type AppState} from '../state/state.js';
import {type KeyBinding, type Scope} from './key-binding.js';
import {keyLabel} from './key-label.js';
import {tabPlace} from './place.js';
import {bindingsOf} from './resolve-keypress.js';

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

/**
Every key of the place behind the help, nearest scope first.
*/
export function helpSections(state: AppState): readonly HelpSection[] {
	const groups = Map.groupBy(bindingsOf(tabPlace(state)), ({scope}) => scope);
	return groups.entries().map(([scope, bindings]): HelpSection => ({
		title: titleOf(scope),
		entries: bindings.map((binding: KeyBinding) => ({
			keys: binding.keys.map(key => keyLabel(key)).join(' '),
			label: binding.label,
			reason: binding.disabled?.(state),
		})),
	})).toArray();
}

function titleOf(scope: Scope): string {
	return scope === 'global' ? 'everywhere' : scope.replace('.', ': ');
}
