import {cellWidth} from '../../format/cells.js';
import {wrapCells} from '../../format/wrap.js';
import {type ThemeColor} from '../theme.js';
import {type Spans} from './lines.js';

export type WrappedOptions = {
	readonly color?: ThemeColor;
	/**
	Lines; what would need more ends in an ellipsis.
	*/
	readonly limit?: number;
};

/**
A text as lines of at most `width` cells.
*/
export function wrapped(text: string, width: number, {color, limit = 20}: WrappedOptions = {}): readonly Spans[] {
	const lines = text === '' ? [] : wrapCells(text, width);
	const shown = lines.length > limit ? [...lines.slice(0, limit - 1), `${lines[limit - 1] ?? ''} …`] : lines;
	return shown.map(line => [{text: line, color}]);
}

/**
Facts in a row, with a dot between two; a line ends between facts and never in one.
*/
export function wrappedFacts(facts: ReadonlyArray<string | undefined>, width: number, options: WrappedOptions = {}): readonly Spans[] {
	const lines: string[] = [];
	for (const fact of facts) {
		if (fact === undefined || fact === '') {
			continue;
		}

		const longer = `${lines.at(-1) ?? ''} · ${fact}`;
		if (lines.length > 0 && cellWidth(longer) <= width) {
			lines[lines.length - 1] = longer;
		} else {
			lines.push(fact);
		}
	}

	return wrapped(lines.join('\n'), width, options);
}
