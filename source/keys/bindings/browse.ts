import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';

export function browsePlace(_state: AppState): Place {
	return {scopes: ['browse', 'global']};
}

export const browseBindings: readonly KeyBinding[] = [];
