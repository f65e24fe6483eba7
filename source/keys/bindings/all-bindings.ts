import {type KeyBinding} from '../key-binding.js';
import {benchBindings} from './bench.js';
import {browseBindings} from './browse.js';
import {cacheBindings} from './cache.js';
import {chatBindings} from './chat.js';
import {downloadsBindings} from './downloads.js';
import {globalBindings} from './global.js';
import {hardwareBindings} from './hardware.js';
import {loadPlanBindings} from './load-plan.js';

/**
Every binding of the tabs and of everywhere; those of the dialogs belong to the dialogs alone.
*/
export const tabBindings: readonly KeyBinding[] = [
	...browseBindings,
	...downloadsBindings,
	...cacheBindings,
	...hardwareBindings,
	...loadPlanBindings,
	...chatBindings,
	...benchBindings,
	...globalBindings,
];
