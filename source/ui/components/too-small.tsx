import {smallestScreen} from '../../state/selectors/layout.js';
import {wrapped} from '../../state/selectors/styled-lines.js';
import {Lines} from './lines.js';

export type TooSmallProps = {
	readonly columns: number;
	readonly rows: number;
};

/**
Said instead of a screen that would be cut to pieces.
*/
export function TooSmall({columns, rows}: TooSmallProps) {
	const text = `${columns}×${rows} is too small: at least ${smallestScreen.columns}×${smallestScreen.rows}, please. q quits.`;
	return <Lines lines={wrapped(text, columns)} width={columns} height={rows}/>;
}
