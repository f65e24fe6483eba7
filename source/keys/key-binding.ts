import {type Action} from '../state/actions.js';
import {type AppState} from '../state/state.js';
import {type Keypress} from '../types/keypress.js';

/**
Where keys have a meaning: a tab, a part of a tab that has the focus (`browse.search`), a dialog, or everywhere.
A place looks at its own scopes in order, the first binding that has the key wins.
*/
export type Scope =
	'global' | 'typing' | 'hidden'
	| 'dialog' | 'dialog.help' | 'dialog.palette' | 'dialog.choice' | 'dialog.room' | 'dialog.quit'
	| 'browse' | 'browse.search' | 'browse.details'
	| 'downloads' | 'downloads.list' | 'downloads.details'
	| 'cache' | 'cache.filter'
	| 'hardware' | 'hardware.filter' | 'hardware.details' | 'hardware.machine' | 'hardware.plan'
	| 'chat' | 'chat.answer' | 'chat.line' | 'chat.composer' | 'chat.models' | 'chat.conversations' | 'chat.templates'
	| 'bench';

/**
One key and what it does, as data: help, hint line and command palette are generated from it.
*/
export type KeyBinding = {
	/**
	For example `browse.download`.
	*/
	readonly id: string;
	/**
	A verb or two, as the help shows it.
	*/
	readonly label: string;
	/**
	Key names; the first is the one that is shown.
	*/
	readonly keys: readonly string[];
	readonly scope: Scope;
	/**
	What it does now.
	*/
	readonly actions: (state: AppState) => readonly Action[];
	/**
	Why it cannot be done now; undefined when it can.
	*/
	readonly disabled?: (state: AppState) => string | undefined;
	/**
	Shown in the hint line; the lower the earlier. Left out, it is only in the help.
	*/
	readonly hint?: number;
};

/**
What has the focus.
*/
export type Place = {
	readonly scopes: readonly Scope[];
	/**
	Takes the keys that no binding has; present where text is being typed.
	*/
	readonly typed?: (keypress: Keypress) => Action;
};
