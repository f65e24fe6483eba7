import {type AppState} from '../state/state.js';
import {type KeyBinding} from './key-binding.js';
import {keyLabel} from './key-label.js';
import {placeOf} from './place.js';
import {bindingsOf} from './resolve-keypress.js';

export type Hint = {
	readonly key: string;
	readonly label: string;
	readonly isEnabled: boolean;
};

/**
The foot of the screen: the most useful keys of this place, as many as fit into `width` cells.
*/
export function hintsOf(state: AppState, width: number): readonly Hint[] {
	const bindings = bindingsOf(placeOf(state)).filter(hasHint).toSorted((one, other) => one.hint - other.hint);
	const hints = bindings.map((binding): Hint => ({
		key: keyLabel(binding.keys[0] ?? ''),
		label: binding.label,
		isEnabled: binding.disabled?.(state) === undefined,
	}));
	// The way to the help and out must be there however narrow the screen is, so the middle gives way: first what cannot be done now.
	while (hints.length > 3 && widthOf(hints) > width) {
		const disabled = hints.findLastIndex(({isEnabled}) => !isEnabled);
		hints.splice(disabled === -1 ? -3 : disabled, 1);
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
