import {wrapCells} from '../format/wrap.js';
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
A row of the help: a heading, or keys and what they do. Both are empty between two sections; further rows of an entry have no keys.
*/
export type HelpLine = {
	readonly title?: string;
	readonly keys: string;
	readonly text: string;
	readonly isEnabled: boolean;
};

/**
Cells of a row in its frame.
*/
export function helpColumns({columns}: {readonly columns: number}): number {
	return Math.min(76, columns - 4);
}

/**
Cells of the keys, with the space before and behind them.
*/
export const helpKeyColumns = 23;

/**
The sections as rows: a reason that is too long for one goes on in the next.
*/
export function helpLines(state: AppState): readonly HelpLine[] {
	const width = helpColumns(state.screen) - helpKeyColumns;
	return helpSections(state).flatMap(({title, entries}, index): readonly HelpLine[] => [
		...(index === 0 ? [] : [{keys: '', text: '', isEnabled: true}]),
		{
			title, keys: '', text: '', isEnabled: true,
		},
		...entries.flatMap(({keys, label, reason}) => wrapCells(reason === undefined ? label : `${label} (${reason})`, width).map((text, row): HelpLine => ({
			keys: row === 0 ? keys : '', text, isEnabled: reason === undefined,
		}))),
	]);
}

function titleOf(scope: Scope): string {
	return scope === 'global' ? 'everywhere' : scope.replace('.', ': ');
}
