import {type AppState} from '../state.js';

/**
What would be cut short by quitting, a line each.
*/
export function selectRunningWork(_state: AppState): readonly string[] {
	return [];
}
