import {Text} from 'ink';
import {createContext, useContext} from 'react';
import {signs} from '../theme.js';

/**
Whether the terminal is drawn on with colours; without them there is no inverse text either.
*/
export const ColorContext = createContext(true);

export type CursorProps = {
	/**
	The character it stands on.
	*/
	readonly under: string;
};

/**
The cursor of a text: inverse, and a sign of one cell before the character where there is no colour.
*/
export function Cursor({under}: CursorProps) {
	return useContext(ColorContext) ? <Text inverse>{under}</Text> : <>{`${signs.cursor}${under}`}</>;
}

/**
Cells that the cursor takes besides the character it stands on.
*/
export function useCursorCells(): number {
	return useContext(ColorContext) ? 0 : 1;
}
