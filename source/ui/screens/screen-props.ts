import {type AppState} from '../../state/state.js';

/**
Every tab is drawn from the state into a rectangle of cells.
*/
export type ScreenProps = {
	readonly state: AppState;
	readonly width: number;
	readonly height: number;
};
