import {type Action} from '../../state/actions.js';
import {
	choiceKeys,
	type ChoiceDialog,
	type Dialog,
	type RoomDialog,
} from '../../state/dialog.js';
import {type ListMove} from '../../state/list-view.js';
import {dialogRows, paletteRows} from '../../state/selectors/layout.js';
import {whyNoRoom} from '../../state/selectors/room-dialog.js';
import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';
import {answerPrompt} from '../answer-prompt.js';
import {helpLines} from '../help.js';
import {choosePaletteEntry, paletteEntries} from '../palette.js';
import {suspendIn} from './global.js';
import {listKeys} from './list-keys.js';

/**
Dialogs with a text field also take what is typed; the help takes the keys that move and close everywhere.
*/
export function dialogPlace(dialog: Dialog): Place {
	switch (dialog.kind) {
		case 'help': {
			return {scopes: ['dialog.help']};
		}

		case 'palette': {
			return {scopes: ['dialog.palette', 'dialog'], typed: keypress => ({type: 'screen/dialog-typed', keypress})};
		}

		case 'prompt': {
			return {scopes: ['dialog'], typed: keypress => ({type: 'screen/dialog-typed', keypress})};
		}

		case 'choice': {
			return {scopes: [...(isQuitting(dialog) ? ['dialog.quit'] as const : []), 'dialog.choice', 'dialog']};
		}

		case 'room': {
			return {scopes: ['dialog.room', 'dialog']};
		}

		case 'confirm': {
			return {scopes: isQuitting(dialog) ? ['dialog.quit', 'dialog'] : ['dialog']};
		}
	}
}

/**
Whether the first thing it offers is to quit, and nothing more.
*/
function isQuitting(dialog: Dialog): boolean {
	return (dialog.kind === 'confirm' ? dialog.confirmed : (dialog.kind === 'choice' ? dialog.choices[0]?.actions[0] : undefined))?.type === 'app/quit';
}

const commonBindings: readonly KeyBinding[] = [
	{
		id: 'dialog.accept',
		label: 'accept',
		keys: ['enter'],
		scope: 'dialog',
		hint: 1,
		actions: accept,
	},
	{
		id: 'dialog.close',
		label: 'close',
		keys: ['escape', 'ctrl+c'],
		scope: 'dialog',
		hint: 2,
		actions: close,
	},
	...suspendIn('dialog'),
];

const quitBindings: readonly KeyBinding[] = [
	{
		// Whoever presses it again means it.
		id: 'dialog.quit',
		label: 'quit',
		keys: ['ctrl+c'],
		scope: 'dialog.quit',
		hint: 3,
		actions: () => [...close(), {type: 'app/quit'}],
	},
];

const choiceBindings: readonly KeyBinding[] = [
	...choiceKeys.map((key): KeyBinding => ({
		id: `dialog.choice.${key}`,
		label: 'what stands beside the letter',
		keys: [key],
		scope: 'dialog.choice',
		actions({screen: {dialog}}) {
			const choice = dialog?.kind === 'choice' ? dialog.choices.find(offered => offered.key === key) : undefined;
			return choice ? [...close(), ...choice.actions] : [];
		},
	})),
	...movesIn('dialog.choice', ({choices}: ChoiceDialog) => choices.length),
];

const roomBindings: readonly KeyBinding[] = [
	{
		id: 'dialog.room.accept',
		label: 'remove these and download',
		keys: ['enter'],
		scope: 'dialog.room',
		hint: 1,
		actions({screen: {dialog}}) {
			return dialog?.kind === 'room'
				? [...close(), {
					type: 'downloads/room-requested', modelIds: [...dialog.chosen], targets: dialog.targets, ids: dialog.downloads,
				}]
				: [];
		},
		disabled: ({screen: {dialog}}) => (dialog?.kind === 'room' ? whyNoRoom(dialog) : undefined),
	},
	{
		id: 'dialog.room.toggle',
		label: 'take or leave',
		keys: ['space'],
		scope: 'dialog.room',
		hint: 0,
		actions: () => [{type: 'screen/dialog-toggled'}],
	},
	...movesIn('dialog.room', ({candidates}: RoomDialog) => candidates.length),
];

const helpBindings: readonly KeyBinding[] = [
	{
		id: 'dialog.help.close',
		label: 'close',
		keys: ['escape', '?', 'q', 'enter', 'ctrl+c'],
		scope: 'dialog.help',
		hint: 1,
		actions: close,
	},
	...suspendIn('dialog.help'),
	...listKeys('dialog.help', (move, state) => {
		const shown = dialogRows(state.screen);
		return moveDialog(move, {last: Math.max(0, helpLines(state).length - shown), page: shown - 1});
	}),
];

const paletteBindings: readonly KeyBinding[] = listKeys('dialog.palette', (move, state) => {
	const {dialog, ...screen} = state.screen;
	const count = dialog?.kind === 'palette' ? paletteEntries(state, dialog).length : 0;
	return moveDialog(move, {last: Math.max(0, count - 1), page: paletteRows(screen) - 1});
}).filter(({id}) => !/first|last/v.test(id)).map(binding => ({
	// The others edit the text, or are typed.
	...binding, keys: binding.keys.filter(key => ['up', 'down', 'pageup', 'pagedown'].includes(key)),
}));

export const dialogBindings: readonly KeyBinding[] = [...commonBindings, ...quitBindings, ...choiceBindings, ...roomBindings, ...helpBindings, ...paletteBindings];

/**
The keys that move in a dialog with rows.
*/
function movesIn<D extends ChoiceDialog | RoomDialog>(scope: 'dialog.choice' | 'dialog.room', countOf: (dialog: D) => number): readonly KeyBinding[] {
	return listKeys(scope, (move, {screen}) => moveDialog(move, {
		// The scope is that of this kind of dialog alone.
		last: screen.dialog && `dialog.${screen.dialog.kind}` === scope ? countOf(screen.dialog as D) - 1 : 0,
		page: dialogRows(screen) - 1,
	}));
}

function close(): readonly Action[] {
	return [{type: 'screen/dialog-closed'}];
}

function moveDialog(move: ListMove, {last, page}: {readonly last: number; readonly page: number}): readonly Action[] {
	const steps: Readonly<Record<ListMove, number>> = {
		up: -1,
		down: 1,
		'page-up': -page,
		'page-down': page,
		first: -Infinity,
		last: Infinity,
	};
	return [{type: 'screen/dialog-moved', by: steps[move], last}];
}

/**
Closes the dialog and does what it asked for.
*/
function accept(state: AppState): readonly Action[] {
	const {dialog} = state.screen;
	switch (dialog?.kind) {
		case 'confirm': {
			return [...close(), dialog.confirmed];
		}

		case 'choice': {
			return [...close(), ...dialog.choices[dialog.cursor]?.actions ?? []];
		}

		case 'prompt': {
			return [{type: 'screen/prompt-answered', purpose: dialog.purpose, value: dialog.field.value}, ...answerPrompt(state, dialog)];
		}

		case 'palette': {
			return [...close(), ...choosePaletteEntry(state, dialog)];
		}

		case 'help':
		case 'room':
		case undefined: {
			return close();
		}
	}
}
