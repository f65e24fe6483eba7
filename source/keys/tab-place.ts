import {type AppState} from '../state/state.js';
import {type Tab} from '../state/tabs.js';
import {benchPlace} from './bindings/bench.js';
import {browsePlace} from './bindings/browse.js';
import {cachePlace} from './bindings/cache.js';
import {chatPlace} from './bindings/chat.js';
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
The part of the tab that has the focus, or would have it but for a dialog: what help and palette speak of.
*/
export function tabPlace(state: AppState): Place {
	return tabPlaces[state.screen.tab](state);
}
