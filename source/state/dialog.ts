import {type Action} from './actions.js';
import {type TextField} from './text-field.js';

/**
What lies over a tab and takes the keys until it is closed.
*/
export type Dialog = HelpDialog | PaletteDialog | ConfirmDialog | PromptDialog;

/**
All keys of the place it was opened in.
*/
export type HelpDialog = {readonly kind: 'help'; readonly top: number};

/**
The command palette: everything that can be done here, by name.
*/
export type PaletteDialog = {readonly kind: 'palette'; readonly field: TextField; readonly cursor: number};

/**
Names what will be lost before it is.
*/
export type ConfirmDialog = {
	readonly kind: 'confirm';
	readonly title: string;
	readonly lines: readonly string[];
	/**
	The verb on the button, for example `remove`.
	*/
	readonly confirmLabel: string;
	readonly confirmed: Action;
};

/**
Asks for a line of text.
*/
export type PromptDialog = {
	readonly kind: 'prompt';
	/**
	Says who asked: the slice that hears `screen/prompt-answered` looks at it.
	*/
	readonly purpose: PromptPurpose;
	readonly title: string;
	readonly hint: string;
	readonly field: TextField;
};

export type PromptPurpose = 'cache-limit' | 'system-prompt' | 'sampling' | 'bench-settings';
