import {type BenchAction} from './reducers/bench.js';
import {type BrowseAction} from './reducers/browse.js';
import {type CacheAction} from './reducers/cache.js';
import {type ChatAction} from './reducers/chat.js';
import {type DownloadsAction} from './reducers/downloads.js';
import {type HardwareAction} from './reducers/hardware.js';
import {type LibraryAction} from './reducers/library.js';
import {type PlansAction} from './reducers/plans.js';
import {type RegistryAction} from './reducers/registry.js';
import {type ScreenAction} from './reducers/screen.js';

/**
Everything that can happen. Named `slice/what-happened`; jobs end in `-succeeded`, `-failed` or `-cancelled`.
*/
export type Action =
	ScreenAction | LibraryAction | RegistryAction | BrowseAction | DownloadsAction | CacheAction | HardwareAction | PlansAction | ChatAction | BenchAction;
