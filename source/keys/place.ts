import {isTooSmall} from '../state/selectors/layout.js';
import {type AppState} from '../state/state.js';
import {dialogPlace} from './bindings/dialog.js';
import {type Place} from './key-binding.js';
import {tabPlace} from './tab-place.js';

/**
What has the focus now: the dialog if one is open, else a part of the tab; nothing of both where the window is too small for them.
*/
export function placeOf(state: AppState): Place {
	if (isTooSmall(state.screen)) {
		return {scopes: ['hidden']};
	}

	return state.screen.dialog ? dialogPlace(state.screen.dialog) : tabPlace(state);
}
