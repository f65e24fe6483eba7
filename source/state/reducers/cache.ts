import {type Action} from '../actions.js';
import {type AppState} from '../state.js';
import {startOfList, type ListView} from '../list-view.js';

export type CacheState = {
	readonly list: ListView;
};

export type CacheAction = {readonly type: 'cache/moved'; readonly by: number};

export const initialCache: CacheState = {list: startOfList};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceCache(cache: CacheState, action: Action, app: AppState): CacheState {
	return action.type === 'cache/moved' && app.screen.rows > 0 ? {...cache} : cache;
}
