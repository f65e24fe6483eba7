import {lineToken} from './control-sequences.js';
import {splitGlyphs, type Glyph} from './glyphs.js';
import {
	applyLink,
	applySgr,
	neutral,
	spaceStyle,
	type Style,
} from './style.js';

/**
One line of the screen. A wide glyph stands in its first cell; the cells after it hold empty text. Rows are never changed, only replaced: what is equal may be the same.
*/
export type Row = {
	readonly texts: readonly string[];
	readonly styles: readonly Style[];
};

const blanks = new Map<number, Row>();

/**
The empty row; always the same one for a width.
*/
export function blankRow(columns: number): Row {
	let row = blanks.get(columns);
	if (!row) {
		row = {texts: Array.from({length: columns}, () => ' '), styles: Array.from({length: columns}, () => neutral)};
		// Windows come in few widths, but one may be dragged through many.
		if (blanks.size > 20) {
			blanks.clear();
		}

		blanks.set(columns, row);
	}

	return row;
}

/**
How many cells the glyph at `column` takes.
*/
export function widthAt(row: Row, column: number): number {
	let width = 1;
	while (row.texts[column + width] === '') {
		width++;
	}

	return width;
}

/**
Blanks the glyph of which `column` is not the first cell: half a glyph cannot stand.
*/
function breakWide(texts: string[], column: number): void {
	if (texts[column] !== '') {
		return;
	}

	let start = column;
	while (start > 0 && texts[start] === '') {
		start--;
	}

	for (let cell = start; cell === start || texts[cell] === ''; cell++) {
		texts[cell] = ' ';
	}
}

/**
The row with a glyph written at `column`. Wide glyphs that lose a part become blanks.
*/
export function withGlyph(row: Row, column: number, glyph: Glyph, style: Style): Row {
	const texts = [...row.texts];
	const styles = [...row.styles];
	const end = column + glyph.width;
	breakWide(texts, column);
	breakWide(texts, end);
	texts.fill('', column, end);
	texts[column] = glyph.text;
	styles.fill(glyph.text === ' ' ? spaceStyle(style) : style, column, end);
	return {texts, styles};
}

/**
The row with a mark added to the glyph before `column`.
*/
export function withMark(row: Row, column: number, mark: string): Row {
	let lead = column - 1;
	while (lead > 0 && row.texts[lead] === '') {
		lead--;
	}

	return lead < 0 ? row : {...row, texts: row.texts.with(lead, row.texts[lead]! + mark)};
}

/**
The row with the cells from `start` to before `end` blank.
*/
export function withBlanks(row: Row, start: number, end: number): Row {
	const columns = row.texts.length;
	if (start <= 0 && end >= columns) {
		return blankRow(columns);
	}

	const texts = [...row.texts];
	const styles = [...row.styles];
	breakWide(texts, start);
	breakWide(texts, end);
	texts.fill(' ', start, end);
	styles.fill(neutral, start, end);
	return {texts, styles};
}

/**
The row cut or filled to another width.
*/
export function withWidth(row: Row, columns: number): Row {
	const blank = blankRow(columns);
	const {length} = row.texts;
	const texts = [...row.texts, ...blank.texts.slice(length)];
	breakWide(texts, columns);
	return {
		texts: texts.slice(0, columns),
		styles: [...row.styles, ...blank.styles.slice(length)].slice(0, columns),
	};
}

export type ParsedLine = {
	readonly row: Row;
	/**
	The column after the last glyph.
	*/
	readonly end: number;
	readonly style: Style;
};

/**
A whole line of text with styles and hyperlinks, written from the first column in the neutral style. Undefined when it holds any other control or does not fit.
*/
export function parseLine(line: string, columns: number): ParsedLine | undefined {
	const blank = blankRow(columns);
	const texts = [...blank.texts];
	const styles = [...blank.styles];
	let style = neutral;
	let column = 0;
	lineToken.lastIndex = 0;
	while (lineToken.lastIndex < line.length) {
		const groups = lineToken.exec(line)?.groups;
		if (!groups) {
			lineToken.lastIndex = 0;
			return undefined;
		}

		if (groups.sgr !== undefined) {
			style = applySgr(style, groups.sgr);
			continue;
		}

		if (groups.link !== undefined) {
			style = applyLink(style, groups.link);
			continue;
		}

		const inSpace = spaceStyle(style);
		for (const {text, width} of splitGlyphs(groups.text!)) {
			if (width === 0 || column + width > columns) {
				return undefined;
			}

			texts[column] = text;
			styles[column] = text === ' ' ? inSpace : style;
			for (let cell = column + 1; cell < column + width; cell++) {
				texts[cell] = '';
				styles[cell] = style;
			}

			column += width;
		}
	}

	return {row: {texts, styles}, end: column, style};
}
