import {type Action} from './actions.js';
import {type DownloadTarget} from './reducers/browse.js';
import {type TextField} from './text-field.js';

/**
What lies over a tab and takes the keys until it is closed.
*/
export type Dialog = HelpDialog | PaletteDialog | ConfirmDialog | ChoiceDialog | RoomDialog | PromptDialog;

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
Asks which of a few ways to go.
*/
export type ChoiceDialog = {
	readonly kind: 'choice';
	readonly title: string;
	readonly lines: readonly string[];
	readonly choices: readonly Choice[];
	/**
	The one that Enter takes.
	*/
	readonly cursor: number;
	/**
	What closing the dialog means, for example `stay`.
	*/
	readonly closeLabel: string;
};

/**
Letters that take a choice at once; those that move are none of them.
*/
export const choiceKeys = ['b', 'n', 'p', 'x', 'y'] as const;

export type Choice = {
	readonly key: (typeof choiceKeys)[number];
	readonly label: string;
	readonly actions: readonly Action[];
};

/**
Offers what could be removed to make room for downloads.
*/
export type RoomDialog = {
	readonly kind: 'room';
	/**
	What has no room, in words.
	*/
	readonly wanted: string;
	readonly missingBytes: number;
	/**
	Installed models, least recently used first.
	*/
	readonly candidates: readonly RoomCandidate[];
	/**
	Ids of those to remove.
	*/
	readonly chosen: ReadonlySet<string>;
	readonly cursor: number;
	/**
	What to queue once there is room.
	*/
	readonly targets: readonly DownloadTarget[];
	/**
	Ids of downloads to let go on then.
	*/
	readonly downloads: readonly string[];
};

export type RoomCandidate = {
	readonly id: string;
	readonly name: string;
	readonly sizeBytes: number;
	/**
	ISO 8601.
	*/
	readonly lastUsed?: string;
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
	/**
	Ids of what the answer is about, where that is not all there is.
	*/
	readonly subjects?: readonly string[];
};

export type PromptPurpose =
	'cache-limit' | 'system-prompt' | 'sampling' | 'bench-settings'
	| 'simulated-machine' | 'plan-value'
	| 'download-rate' | 'download-times' | 'downloads-rate' | 'downloads-hours' | 'downloads-counts';
