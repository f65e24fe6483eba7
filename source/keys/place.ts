import {isTooSmall} from '../state/selectors/layout.js';
import {type AppState} from '../state/state.js';
import {type Tab} from '../state/tabs.js';
import {benchPlace} from './bindings/bench.js';
import {browsePlace} from './bindings/browse.js';
import {cachePlace} from './bindings/cache.js';
import {chatPlace} from './bindings/chat.js';
import {dialogPlace} from './bindings/dialog.js';
import {downloadsPlace} from './bindings/downloads.js';
import {hardwarePlace} from './bindings/hardware.js';
import {type Place} from './key-binding.js';

const tabPlaces: Readonly<Record<Tab, (state: AppState) => Place>> = {
	browse: browsePlace,
	downloads: downloadsPlace,
	cache: cachePlace,
	hardware: hardwarePlace,
	chat: chatPlace,
	bench: benchPlace,
};

/**
What has the focus now: the dialog if one is open, else a part of the tab; nothing of both where the window is too small for them.
*/
export function placeOf(state: AppState): Place {
	if (isTooSmall(state.screen)) {
		return {scopes: ['hidden']};
	}

	return state.screen.dialog ? dialogPlace(state.screen.dialog) : tabPlace(state);
}

/**
The place behind a dialog: what help and palette speak of.
*/
export function tabPlace(state: AppState): Place {
	return tabPlaces[state.screen.tab](state);
}
