import {type Keypress} from '../../types/keypress.js';
import {type Dialog, type PromptPurpose, type RoomDialog} from '../dialog.js';
import {toggleMark} from '../marks.js';
import {type Tab} from '../tabs.js';
import {editTextField, type TextField} from '../text-field.js';

/**
What all tabs share of the screen.
*/
export type ScreenState = {
	readonly tab: Tab;
	readonly columns: number;
	readonly rows: number;
	readonly dialog?: Dialog;
	/**
	One line at the foot, gone with the next key.
	*/
	readonly notice?: Notice;
	/**
	Set once; the app then settles its work and ends.
	*/
	readonly quitting: boolean;
	/**
	Milliseconds since the epoch, kept up to date every half minute, so that `3 min ago` is drawn from the state.
	*/
	readonly now: number;
};

export type Notice = {
	readonly kind: 'info' | 'error';
	readonly text: string;
};

export type ScreenAction =
	{readonly type: 'app/started'}
	| {readonly type: 'app/suspend-requested'}
	| {readonly type: 'app/quit'}
	| {readonly type: 'screen/clock-ticked'; readonly now: number}
	| {readonly type: 'screen/resized'; readonly columns: number; readonly rows: number}
	| {readonly type: 'screen/tab-opened'; readonly tab: Tab}
	| {readonly type: 'screen/dialog-opened'; readonly dialog: Dialog}
	| {readonly type: 'screen/dialog-closed'}
	| {readonly type: 'screen/dialog-typed'; readonly keypress: Keypress}
	/**
	Moves what the help shows, or the selection of another dialog, by so many rows; `last` is the furthest they can go.
	*/
	| {readonly type: 'screen/dialog-moved'; readonly by: number; readonly last: number}
	/**
	Takes the selected row of a dialog into the choice, or out of it.
	*/
	| {readonly type: 'screen/dialog-toggled'}
	| {readonly type: 'screen/prompt-answered'; readonly purpose: PromptPurpose; readonly value: string}
	| {readonly type: 'screen/noticed'; readonly notice: Notice}
	| {readonly type: 'screen/notice-cleared'};

export const initialScreen: ScreenState = {
	tab: 'browse', columns: 80, rows: 24, quitting: false, now: 0,
};

export function reduceScreen(screen: ScreenState, action: ScreenAction): ScreenState {
	switch (action.type) {
		case 'app/quit': {
			return {...screen, quitting: true};
		}

		case 'screen/clock-ticked': {
			return {...screen, now: action.now};
		}

		case 'screen/resized': {
			return {...screen, columns: action.columns, rows: action.rows};
		}

		case 'screen/tab-opened': {
			return screen.tab === action.tab ? screen : {...screen, tab: action.tab};
		}

		case 'screen/dialog-opened': {
			return {...screen, dialog: action.dialog};
		}

		case 'screen/prompt-answered':
		case 'screen/dialog-closed': {
			return screen.dialog ? {...screen, dialog: undefined} : screen;
		}

		case 'screen/dialog-typed':
		case 'screen/dialog-toggled':
		case 'screen/dialog-moved': {
			return screen.dialog ? {...screen, dialog: changeDialog(screen.dialog, action)} : screen;
		}

		case 'screen/noticed': {
			return {...screen, notice: action.notice};
		}

		case 'screen/notice-cleared': {
			return screen.notice ? {...screen, notice: undefined} : screen;
		}

		case 'app/suspend-requested':
		case 'app/started': {
			return screen;
		}
	}
}

type DialogChange = Extract<ScreenAction, {type: 'screen/dialog-typed' | 'screen/dialog-moved' | 'screen/dialog-toggled'}>;

function changeDialog(dialog: Dialog, action: DialogChange): Dialog {
	if (action.type === 'screen/dialog-moved') {
		return moveDialog(dialog, action);
	}

	if (action.type === 'screen/dialog-toggled') {
		return dialog.kind === 'room' ? toggleCandidate(dialog) : dialog;
	}

	if (dialog.kind === 'palette') {
		const field = editTextField(dialog.field, action.keypress);
		return {...dialog, field, cursor: isSameText(field, dialog.field) ? dialog.cursor : 0};
	}

	return dialog.kind === 'prompt' ? {...dialog, field: editTextField(dialog.field, action.keypress)} : dialog;
}

function moveDialog(dialog: Dialog, {by, last}: Extract<ScreenAction, {type: 'screen/dialog-moved'}>): Dialog {
	const moved = (position: number) => Math.max(0, Math.min(last, Math.min(last, position) + by));
	switch (dialog.kind) {
		case 'help': {
			return {...dialog, top: moved(dialog.top)};
		}

		case 'palette':
		case 'choice':
		case 'room': {
			return {...dialog, cursor: moved(dialog.cursor)};
		}

		case 'confirm':
		case 'prompt': {
			return dialog;
		}
	}
}

function toggleCandidate(dialog: RoomDialog): RoomDialog {
	const {candidates, chosen, cursor} = dialog;
	const id = candidates[cursor]?.id;
	return id === undefined ? dialog : {...dialog, chosen: toggleMark(chosen, id), cursor: Math.min(cursor + 1, candidates.length - 1)};
}

function isSameText(one: TextField, other: TextField): boolean {
	return one.value === other.value;
}
