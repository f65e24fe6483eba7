import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';

export function hardwarePlace(_state: AppState): Place {
	return {scopes: ['hardware', 'global']};
}

export const hardwareBindings: readonly KeyBinding[] = [];
