import {terminalToken, type TerminalTokenGroups} from './control-sequences.js';
import {splitGlyphs, type Glyph} from './glyphs.js';
import {
	blankRow,
	parseLine,
	withBlanks,
	withGlyph,
	withMark,
	withWidth,
	type ParsedLine,
	type Row,
} from './row.js';
import {
	applyLink,
	applySgr,
	neutral,
	type Style,
} from './style.js';

/**
The screen as Ink thinks it is: a small terminal that understands what Ink writes (text, SGR, OSC 8, cursor moves, erasing, line feeds with scrolling) and hands everything else to `onControl`, with the screen in the state before it.

Lines written from the first column of a blank row, which is how Ink writes every frame, are parsed once and remembered: an unchanged line costs one look-up, and gives the very same row.
*/
export class VirtualScreen {
	#style: Style = neutral;
	readonly #lines = new Map<string, ParsedLine>();
	readonly #onControl: (sequence: string) => void;
	columns: number;
	rows: Row[];
	/**
	From 0. A column equal to `columns` is the wrap that waits for the next glyph.
	*/
	cursor = {column: 0, row: 0};
	isCursorVisible = true;

	constructor(columns: number, rows: number, onControl: (sequence: string) => void) {
		this.columns = columns;
		this.rows = Array.from({length: rows}, () => blankRow(columns));
		this.#onControl = onControl;
	}

	#writeWholeLine(data: string, index: number): number {
		const {column, row} = this.cursor;
		if (column !== 0 || this.#style !== neutral || this.rows[row] !== blankRow(this.columns)) {
			return index;
		}

		const feed = data.indexOf('\n', index);
		const end = feed === -1 ? data.length : feed;
		const line = data.slice(index, end);
		const parsed = this.#lines.get(line) ?? parseLine(line, this.columns);
		if (!parsed) {
			return index;
		}

		if (this.#lines.size > 500) {
			this.#lines.clear();
		}

		this.#lines.set(line, parsed);
		this.rows[row] = parsed.row;
		this.cursor.column = parsed.end;
		this.#style = parsed.style;
		return end;
	}

	#apply(sequence: string, {parameters, intermediates, final, link, string, escape, control, text}: TerminalTokenGroups): void {
		if (text !== undefined) {
			this.#print(splitGlyphs(text));
		} else if (link !== undefined) {
			this.#style = applyLink(this.#style, link);
		} else if (string !== undefined || escape !== undefined) {
			this.#onControl(sequence);
		} else if (control !== undefined) {
			this.#applyControl(control);
		} else if (intermediates !== '' || !this.#applyCsi(final!, parameters!)) {
			this.#onControl(sequence);
		}
	}

	#applyControl(control: string): void {
		switch (control) {
			case '\n': {
				// The terminal driver makes it a carriage return and a line feed.
				this.#lineFeed();
				break;
			}

			case '\r': {
				this.cursor.column = 0;
				break;
			}

			case '\b': {
				this.#moveTo(this.cursor.row, Math.min(this.cursor.column, this.columns - 1) - 1);
				break;
			}

			case '\t': {
				this.#moveTo(this.cursor.row, (Math.floor(this.cursor.column / 8) + 1) * 8);
				break;
			}

			case '\u{7}': {
				this.#onControl(control);
				break;
			}

			default:
				// Terminals print nothing for the others.
		}
	}

	#applyCsi(final: string, parameters: string): boolean {
		if (parameters === '?25' && (final === 'h' || final === 'l')) {
			this.isCursorVisible = final === 'h';
			return true;
		}

		if (!/^[\d:;]*$/v.test(parameters)) {
			return false;
		}

		if (final === 'm') {
			this.#style = applySgr(this.#style, parameters);
			return true;
		}

		const [first = 0, second = 0] = parameters.split(';').map(Number);
		const count = Math.max(1, first);
		const {row, column} = this.cursor;
		const moves: Readonly<Record<string, readonly [row: number, column: number]>> = {
			A: [row - count, column],
			B: [row + count, column],
			C: [row, column + count],
			D: [row, Math.min(column, this.columns - 1) - count],
			E: [row + count, 0],
			F: [row - count, 0],
			G: [row, count - 1],
			H: [count - 1, Math.max(1, second) - 1],
			d: [count - 1, column],
		};
		const move = moves[final];
		if (move) {
			this.#moveTo(...move);
			return true;
		}

		return this.#erase(final, first);
	}

	#erase(final: string, part: number): boolean {
		const column = Math.min(this.cursor.column, this.columns - 1);
		const [start, end] = part === 0 ? [column, this.columns] : [0, part === 1 ? column + 1 : this.columns];
		if (final !== 'K' && (final !== 'J' || part > 2)) {
			return false;
		}

		this.rows = this.rows.map((row, index) => {
			if (index === this.cursor.row) {
				return withBlanks(row, start, end);
			}

			const isErased = final === 'J' && (part === 2 || (part === 0 ? index > this.cursor.row : index < this.cursor.row));
			return isErased ? blankRow(this.columns) : row;
		});
		return true;
	}

	#print(glyphs: readonly Glyph[]): void {
		for (const glyph of glyphs) {
			if (glyph.width > this.columns) {
				continue;
			}

			if (glyph.width > 0 && this.cursor.column + glyph.width > this.columns) {
				this.#wrap();
			}

			const {row, column} = this.cursor;
			this.rows[row] = glyph.width === 0
				? withMark(this.rows[row]!, column, glyph.text)
				: withGlyph(this.rows[row]!, column, glyph, this.#style);
			this.cursor.column += glyph.width;
		}
	}

	/**
	A wide glyph that does not fit leaves a blank in the last column.
	*/
	#wrap(): void {
		const {row, column} = this.cursor;
		if (column < this.columns) {
			this.rows[row] = withGlyph(this.rows[row]!, column, {text: ' ', width: 1}, this.#style);
		}

		this.#lineFeed();
	}

	#lineFeed(): void {
		this.cursor.column = 0;
		if (this.cursor.row < this.rows.length - 1) {
			this.cursor.row++;
			return;
		}

		this.rows = [...this.rows.slice(1), blankRow(this.columns)];
	}

	#moveTo(row: number, column: number): void {
		this.cursor = {
			row: Math.max(0, Math.min(row, this.rows.length - 1)),
			column: Math.max(0, Math.min(column, this.columns - 1)),
		};
	}

	/**
	Nothing on the screen, the cursor at the top left.
	*/
	clear(): void {
		this.rows = this.rows.map(() => blankRow(this.columns));
		this.cursor = {column: 0, row: 0};
		this.#style = neutral;
	}

	/**
	As terminals do without reflow: rows go at the bottom, but at the top as far as the cursor's row would be lost.
	*/
	resize(columns: number, rows: number): void {
		this.#lines.clear();
		const lost = Math.max(0, this.cursor.row - rows + 1);
		const kept = this.rows.slice(lost, lost + rows).map(row => withWidth(row, columns));
		this.columns = columns;
		this.rows = [...kept, ...Array.from({length: rows - kept.length}, () => blankRow(columns))];
		this.cursor = {column: Math.min(this.cursor.column, columns - 1), row: this.cursor.row - lost};
	}

	write(data: string): void {
		let index = 0;
		while (index < data.length) {
			const end = this.#writeWholeLine(data, index);
			if (end > index) {
				index = end;
				continue;
			}

			terminalToken.lastIndex = index;
			const match = terminalToken.exec(data);
			if (!match) {
				// An escape sequence without an end.
				return;
			}

			index = terminalToken.lastIndex;
			this.#apply(match[0], match.groups!);
		}
	}
}
