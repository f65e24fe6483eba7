import {wrapCells} from '../../format/wrap.js';
import {type ThemeColor} from '../theme.js';
import {type Spans} from './lines.js';

/**
A text as lines of at most `width` cells; what would need more than `limit` lines ends in an ellipsis.
*/
export function wrapped(text: string, width: number, {color, limit = 20}: {readonly color?: ThemeColor; readonly limit?: number} = {}): readonly Spans[] {
	const lines = wrapCells(text, width);
	const shown = lines.length > limit ? [...lines.slice(0, limit - 1), `${lines[limit - 1] ?? ''} …`] : lines;
	return shown.map(line => [{text: line, color}]);
}
