import {type Action} from '../actions.js';
import {type AppState} from '../state.js';
import {startOfList, type ListView} from '../list-view.js';

export type ChatState = {
	readonly list: ListView;
};

export type ChatAction =
	{readonly type: 'chat/load-requested'}
	| {readonly type: 'chat/moved'; readonly by: number};

export const initialChat: ChatState = {list: startOfList};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceChat(chat: ChatState, action: Action, app: AppState): ChatState {
	return action.type === 'chat/moved' && app.screen.rows > 0 ? {...chat} : chat;
}
