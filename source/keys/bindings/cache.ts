import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';

export function cachePlace(_state: AppState): Place {
	return {scopes: ['cache', 'global']};
}

export const cacheBindings: readonly KeyBinding[] = [];
