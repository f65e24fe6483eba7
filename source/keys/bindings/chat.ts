import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';

export function chatPlace(_state: AppState): Place {
	return {scopes: ['chat', 'global']};
}

export const chatBindings: readonly KeyBinding[] = [];
