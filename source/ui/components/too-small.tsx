import {smallestScreen} from '../../state/selectors/layout.js';
import {Line} from './line.js';

export type TooSmallProps = {
	readonly columns: number;
	readonly rows: number;
};

/**
Said instead of a screen that would be cut to pieces.
*/
export function TooSmall({columns, rows}: TooSmallProps) {
	return <Line width={columns} spans={[`${columns}×${rows} is too small: at least ${smallestScreen.columns}×${smallestScreen.rows}, please. q quits.`]}/>;
}
