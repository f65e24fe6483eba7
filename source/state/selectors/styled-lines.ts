import {cellWidth} from '../../format/cells.js';
import {wrapCells} from '../../format/wrap.js';

/**
What a colour says; which one it is says the theme.
*/
export type Tone = 'accent' | 'good' | 'warning' | 'bad' | 'muted';

/**
A piece of a line with its looks.
*/
export type StyledSpan = {
	readonly text: string;
	readonly color?: Tone;
	readonly isBold?: boolean;
};

export type StyledLine = ReadonlyArray<StyledSpan | string>;

export type WrappedOptions = {
	readonly color?: Tone;
	/**
	Lines; what would need more ends in an ellipsis.
	*/
	readonly limit?: number;
};

/**
A text as lines of at most `width` cells.
*/
export function wrapped(text: string, width: number, {color, limit = 20}: WrappedOptions = {}): readonly StyledLine[] {
	const lines = text === '' ? [] : wrapCells(text, width);
	const shown = lines.length > limit ? [...lines.slice(0, limit - 1), `${lines[limit - 1] ?? ''} …`] : lines;
	return shown.map(line => [{text: line, color}]);
}

/**
Facts in a row, with a dot between two; a line ends between facts and never in one.
*/
export function wrappedFacts(facts: ReadonlyArray<string | undefined>, width: number, options: WrappedOptions = {}): readonly StyledLine[] {
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
