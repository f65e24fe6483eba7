import {type Action} from '../actions.js';
import {type AppState} from '../state.js';
import {startOfList, type ListView} from '../list-view.js';

export type DownloadsState = {
	readonly list: ListView;
};

export type DownloadsAction =
	{readonly type: 'downloads/watch-requested'}
	| {readonly type: 'downloads/moved'; readonly by: number};

export const initialDownloads: DownloadsState = {list: startOfList};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceDownloads(downloads: DownloadsState, action: Action, app: AppState): DownloadsState {
	return action.type === 'downloads/moved' && app.screen.rows > 0 ? {...downloads} : downloads;
}
