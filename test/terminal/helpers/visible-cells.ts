import {type Screen, type ScreenCell} from '../../helpers/terminal/screen.js';

/**
What can be seen of a cell: a blank has no colour of its own, no weight and no slant.
*/
function visible(cell: ScreenCell): Partial<ScreenCell> {
	if (cell.text !== ' ' || cell.inverse) {
		return cell;
	}

	const {
		text, width, underline, strikethrough, overline, background, foreground,
	} = cell;
	return {
		text, width, underline, strikethrough, overline, background, ...((underline || strikethrough || overline) && {foreground}),
	};
}

/**
All cells of a screen, as far as they can be seen.
*/
export function visibleCells({terminal, cellAt}: Pick<Screen, 'terminal' | 'cellAt'>): Array<Array<Partial<ScreenCell>>> {
	const row = (index: number) => Array.from({length: terminal.cols}, (_, column) => visible(cellAt(column, index)));
	return Array.from({length: terminal.rows}, (_, index) => row(index));
}
