import {type Action} from '../actions.js';
import {type AppState} from '../state.js';
import {startOfList, type ListView} from '../list-view.js';

export type HardwareState = {
	readonly list: ListView;
};

export type HardwareAction =
	{readonly type: 'hardware/probe-requested'}
	| {readonly type: 'hardware/moved'; readonly by: number};

export const initialHardware: HardwareState = {list: startOfList};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceHardware(hardware: HardwareState, action: Action, app: AppState): HardwareState {
	return action.type === 'hardware/moved' && app.screen.rows > 0 ? {...hardware} : hardware;
}
