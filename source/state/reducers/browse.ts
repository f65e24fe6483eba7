import {type Action} from '../actions.js';
import {type AppState} from '../state.js';
import {startOfList, type ListView} from '../list-view.js';

export type BrowseState = {
	readonly list: ListView;
};

export type BrowseAction = {readonly type: 'browse/moved'; readonly by: number};

export const initialBrowse: BrowseState = {list: startOfList};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceBrowse(browse: BrowseState, action: Action, app: AppState): BrowseState {
	return action.type === 'browse/moved' && app.screen.rows > 0 ? {...browse} : browse;
}
