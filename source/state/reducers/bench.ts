import {type Action} from '../actions.js';
import {type AppState} from '../state.js';
import {startOfList, type ListView} from '../list-view.js';

export type BenchState = {
	readonly list: ListView;
};

export type BenchAction =
	{readonly type: 'bench/load-requested'}
	| {readonly type: 'bench/moved'; readonly by: number};

export const initialBench: BenchState = {list: startOfList};

/**
`app` holds the screen, library and registry as they are after the action.
*/
export function reduceBench(bench: BenchState, action: Action, app: AppState): BenchState {
	return action.type === 'bench/moved' && app.screen.rows > 0 ? {...bench} : bench;
}
