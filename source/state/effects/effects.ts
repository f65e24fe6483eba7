import {appEffects} from './app.js';
import {benchEffects} from './bench.js';
import {browseEffects} from './browse.js';
import {cacheEffects} from './cache.js';
import {chatEffects} from './chat.js';
import {downloadsEffects} from './downloads.js';
import {type Effects} from './effect.js';
import {hardwareEffects} from './hardware.js';
import {libraryEffects} from './library.js';
import {plansEffects} from './plans.js';

/**
What each action sets in motion. An action type stands here once.
*/
export const effects: Effects = {
	...appEffects,
	...libraryEffects,
	...browseEffects,
	...downloadsEffects,
	...cacheEffects,
	...hardwareEffects,
	...plansEffects,
	...chatEffects,
	...benchEffects,
};
