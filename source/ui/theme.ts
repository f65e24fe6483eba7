import {type Tone} from '../state/selectors/styled-lines.js';

/**
Colours by meaning. None carries meaning alone: a word or a sign always says the same.
*/
export const theme = {
	accent: 'cyan',
	good: 'green',
	warning: 'yellow',
	bad: 'red',
	muted: 'gray',
} as const satisfies Readonly<Record<Tone, string>>;

export type ThemeColor = keyof typeof theme;

/**
Signs that take one cell in every terminal.
*/
export const signs = {
	selected: '›',
	/**
	The selection of a list that does not have the keys.
	*/
	selectedElsewhere: '·',
	cursor: '▏',
	marked: '•',
	installed: '✓',
	downloading: '↓',
	recommended: '*',
	/**
	A load plan is stored for the model.
	*/
	plan: '=',
	rule: '─',
	divider: '│',
} as const;
