import {type Action} from '../state/actions.js';
import {type AppState} from '../state/state.js';
import {type KeyBinding} from './key-binding.js';

/**
What a binding does now; a disabled one says why instead.
*/
export function runBinding(binding: KeyBinding, state: AppState): readonly Action[] {
	const reason = binding.disabled?.(state);
	return reason === undefined ? binding.actions(state) : [{type: 'screen/noticed', notice: {kind: 'info', text: `Cannot ${binding.label}: ${reason}`}}];
}
