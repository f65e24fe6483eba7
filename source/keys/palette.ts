import {type Action} from '../state/actions.js';
import {type PaletteDialog} from '../state/dialog.js';
import {type AppState} from '../state/state.js';
import {tabBindings} from './bindings/all-bindings.js';
import {type KeyBinding} from './key-binding.js';
import {runBinding} from './run-binding.js';

/**
What the palette offers: everything of this tab and of everywhere that matches, in the order of the help.
*/
export function paletteEntries(state: AppState, dialog: PaletteDialog): readonly KeyBinding[] {
	const words = dialog.field.value.toLowerCase().split(/\s+/v).filter(word => word !== '');
	return tabBindings.filter(({id, label, scope}) => {
		const text = `${id} ${label}`.toLowerCase();
		// A part of a tab has its keys only while it has the focus, its commands always.
		const isHere = scope === 'global' || scope.split('.', 1)[0] === state.screen.tab;
		return isHere && id !== 'palette' && words.every(word => text.includes(word));
	});
}

/**
Does the selected entry, or says why it cannot be done.
*/
export function choosePaletteEntry(state: AppState, dialog: PaletteDialog): readonly Action[] {
	const entries = paletteEntries(state, dialog);
	const entry = entries[Math.min(dialog.cursor, entries.length - 1)];
	return entry ? runBinding(entry, state) : [];
}
