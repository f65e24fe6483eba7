import {type AppState} from '../state.js';

/**
What goes on in the background, in a few words at the right of the header; `Remuda` when nothing does.
*/
export function selectHeaderStatus(_state: AppState): string {
	return 'Remuda';
}
