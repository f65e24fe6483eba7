import {type RegistryModel} from '../types/registry-model.js';
import {type BenchState} from './reducers/bench.js';
import {type BrowseState} from './reducers/browse.js';
import {type CacheState} from './reducers/cache.js';
import {type ChatState} from './reducers/chat.js';
import {type DownloadsState} from './reducers/downloads.js';
import {type HardwareState} from './reducers/hardware.js';
import {type LibraryState} from './reducers/library.js';
import {type PlansState} from './reducers/plans.js';
import {type ScreenState} from './reducers/screen.js';

/**
Everything the screen shows, as plain data. One slice per tab, and three that all tabs read.
*/
export type AppState = {
	readonly screen: ScreenState;
	/**
	What is installed.
	*/
	readonly library: LibraryState;
	/**
	The curated models; empty until they are loaded.
	*/
	readonly registry: readonly RegistryModel[];
	readonly browse: BrowseState;
	readonly downloads: DownloadsState;
	readonly cache: CacheState;
	readonly hardware: HardwareState;
	/**
	How models are loaded.
	*/
	readonly plans: PlansState;
	readonly chat: ChatState;
	readonly bench: BenchState;
};
