import {type Action} from '../actions.js';
import {type AppState} from '../state.js';
import {initialBench, reduceBench} from './bench.js';
import {initialBrowse, reduceBrowse} from './browse.js';
import {initialCache, reduceCache} from './cache.js';
import {initialChat, reduceChat} from './chat.js';
import {initialDownloads, reduceDownloads} from './downloads.js';
import {initialHardware, reduceHardware} from './hardware.js';
import {initialPlans, reducePlans} from './plans.js';
import {initialLibrary, reduceLibrary, type LibraryAction} from './library.js';
import {reduceRegistry, type RegistryAction} from './registry.js';
import {initialScreen, reduceScreen, type ScreenAction} from './screen.js';

export const initialState: AppState = {
	screen: initialScreen,
	library: initialLibrary,
	registry: [],
	browse: initialBrowse,
	downloads: initialDownloads,
	cache: initialCache,
	hardware: initialHardware,
	plans: initialPlans,
	chat: initialChat,
	bench: initialBench,
};

/**
The whole state after an action. A tab may react to any action; a slice that did not change stays the same object.
*/
export function reduce(state: AppState, action: Action): AppState {
	const shared = reduceShared(state, action);
	const next: AppState = {
		...shared,
		browse: reduceBrowse(shared.browse, action, shared),
		downloads: reduceDownloads(shared.downloads, action, shared),
		cache: reduceCache(shared.cache, action, shared),
		hardware: reduceHardware(shared.hardware, action, shared),
		plans: reducePlans(shared.plans, action),
		chat: reduceChat(shared.chat, action, shared),
		bench: reduceBench(shared.bench, action, shared),
	};
	return isSame(state, next) ? state : next;
}

/**
The slices that tabs read: done first, so that a tab sees the new size, list or registry at once.
*/
function reduceShared(state: AppState, action: Action): AppState {
	if (isOf<ScreenAction>(action, 'screen/', 'app/')) {
		return {...state, screen: reduceScreen(state.screen, action)};
	}

	if (isOf<LibraryAction>(action, 'library/')) {
		return {...state, library: reduceLibrary(state.library, action)};
	}

	return isOf<RegistryAction>(action, 'registry/') ? {...state, registry: reduceRegistry(state.registry, action)} : state;
}

function isOf<A extends Action>(action: Action, ...prefixes: readonly string[]): action is A {
	return prefixes.some(prefix => action.type.startsWith(prefix));
}

function isSame(one: AppState, other: AppState): boolean {
	return (Object.keys(one) as ReadonlyArray<keyof AppState>).every(slice => one[slice] === other[slice]);
}
