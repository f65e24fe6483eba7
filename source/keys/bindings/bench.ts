import {type AppState} from '../../state/state.js';
import {type KeyBinding, type Place} from '../key-binding.js';

export function benchPlace(_state: AppState): Place {
	return {scopes: ['bench', 'global']};
}

export const benchBindings: readonly KeyBinding[] = [];
