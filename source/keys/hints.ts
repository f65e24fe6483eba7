import {type AppState} from '../state/state.js';
import {type KeyBinding} from './key-binding.js';
import {keyLabel} from './key-label.js';
import {placeOf} from './place.js';
import {bindingsOf} from './resolve-keypress.js';

export type Hint = {
	readonly key: string;
	readonly label: string;
};

/**
The foot of the screen: the most useful keys of this place, as many as fit into `width` cells. What cannot be done now is left to the help, which says why: here it would stand in the way of what can.
*/
export function hintsOf(state: AppState, width: number): readonly Hint[] {
	const hints = bindingsOf(placeOf(state))
		.filter(hasHint)
		.filter(({disabled}) => disabled?.(state) === undefined)
		.toSorted((one, other) => one.hint - other.hint)
		.map(({keys, label}): Hint => ({key: keyLabel(keys[0] ?? ''), label}));
	// The way to the help and out must be there however narrow the screen is, so the middle gives way.
	while (hints.length > 3 && widthOf(hints) > width) {
		hints.splice(-3, 1);
	}

	return hints;
}

function hasHint(binding: KeyBinding): binding is KeyBinding & {readonly hint: number} {
	return binding.hint !== undefined;
}

function widthOf(hints: readonly Hint[]): number {
	let width = 0;
	for (const {key, label} of hints) {
		width += key.length + label.length + 3;
	}

	return width;
}
