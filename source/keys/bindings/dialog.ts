import {type Dialog} from '../../state/dialog.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {answerPrompt} from '../answer-prompt.js';
import {choosePaletteEntry} from '../palette.js';

/**
Dialogs with a text field also take what is typed.
*/
export function dialogPlace(dialog: Dialog): Place {
	const isTakesText = dialog.kind === 'palette' || dialog.kind === 'prompt';
	return isTakesText
		? {scopes: ['dialog'], typed: keypress => ({type: 'screen/dialog-typed', keypress})}
		: {scopes: ['dialog']};
}

export const dialogBindings: readonly KeyBinding[] = [
	{
		id: 'dialog.close',
		label: 'close',
		keys: ['escape', 'ctrl+c'],
		scope: 'dialog',
		hint: 2,
		actions: () => [{type: 'screen/dialog-closed'}],
	},
	{
		id: 'dialog.accept',
		label: 'accept',
		keys: ['enter'],
		scope: 'dialog',
		hint: 1,
		actions: accept,
	},
	...([['up', -1], ['down', 1], ['pageup', -10], ['pagedown', 10]] as const).map(([key, by]): KeyBinding => ({
		id: `dialog.${key}`,
		label: 'move',
		keys: [key],
		scope: 'dialog',
		actions: () => [{type: 'screen/dialog-moved', by}],
	})),
];

/**
Closes the dialog and does what it asked for.
*/
function accept(state: AppState): ReturnType<KeyBinding['actions']> {
	const {dialog} = state.screen;
	switch (dialog?.kind) {
		case 'confirm': {
			return [{type: 'screen/dialog-closed'}, dialog.confirmed];
		}

		case 'prompt': {
			return [{type: 'screen/prompt-answered', purpose: dialog.purpose, value: dialog.field.value}, ...answerPrompt(state, dialog)];
		}

		case 'palette': {
			return [{type: 'screen/dialog-closed'}, ...choosePaletteEntry(state, dialog)];
		}

		case 'help':
		case undefined: {
			return [{type: 'screen/dialog-closed'}];
		}
	}
}
