import {type Action} from '../state/actions.js';
import {type AppState} from '../state/state.js';
import {type Keypress} from '../types/keypress.js';
import {tabBindings} from './bindings/all-bindings.js';
import {dialogBindings} from './bindings/dialog.js';
import {hiddenBindings, typingBindings} from './bindings/global.js';
import {type KeyBinding, type Place, type Scope} from './key-binding.js';
import {placeOf} from './place.js';
import {runBinding} from './run-binding.js';

const byScope: ReadonlyMap<Scope, readonly KeyBinding[]> = Map.groupBy([...tabBindings, ...typingBindings, ...dialogBindings, ...hiddenBindings], binding => binding.scope);

/**
The bindings of a place, nearest scope first.
*/
export function bindingsOf({scopes}: Place): readonly KeyBinding[] {
	return scopes.flatMap(scope => byScope.get(scope) ?? []);
}

/**
The actions a key stands for, here and now. The first key after a notice also clears it.
*/
export function resolveKeypress(state: AppState, keypress: Keypress): readonly Action[] {
	const place = placeOf(state);
	const binding = bindingsOf(place).find(({keys}) => keys.includes(keypress.name));
	const actions = binding ? runBinding(binding, state) : (place.typed ? [place.typed(keypress)] : []);
	return state.screen.notice ? [{type: 'screen/notice-cleared'}, ...actions] : actions;
}
