import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';

export function downloadsPlace(_state: AppState): Place {
	return {scopes: ['downloads', 'global']};
}

export const downloadsBindings: readonly KeyBinding[] = [];
