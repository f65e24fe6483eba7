import {hideCursor, showCursor} from './control-sequences.js';
import {
	neutral,
	spaceStyle,
	styleTransition,
	type Style,
} from './style.js';

function sequence(count: number, final: string): string {
	return `\u{1B}[${count === 1 ? '' : count}${final}`;
}

function horizontalMove(from: number, to: number): string {
	if (from === to) {
		return '';
	}

	const absolute = sequence(to + 1, 'G');
	const relative = to > from ? sequence(to - from, 'C') : (from - to <= 3 ? '\b'.repeat(from - to) : sequence(from - to, 'D'));
	return relative.length <= absolute.length ? relative : absolute;
}

function shortest(candidates: readonly string[]): string {
	return candidates.reduce((best, candidate) => candidate.length < best.length ? candidate : best); // eslint-disable-line unicorn/no-array-reduce -- The minimum by length.
}

/**
How many bytes it takes to step over `count` cells of a row.
*/
export function skipCost(count: number): number {
	return sequence(count, 'C').length;
}

/**
Writes to a terminal in few bytes: it knows where the cursor stands and which style is on, moves by the shortest way, and says of a style only what changes.
*/
export class Pen {
	readonly #columns: number;
	#bytes = '';
	#style: Style = neutral;
	#row = 0;
	/**
	Undefined when nobody can know: after a glyph whose width depends on the terminal, and in the last column, where terminals hold the wrap back.
	*/
	#column: number | undefined;
	#isRowKnown = false;

	constructor(columns: number) {
		this.#columns = columns;
	}

	#place(row: number, column: number): void {
		this.#row = row;
		this.#column = column;
		this.#isRowKnown = true;
	}

	/**
	What was written.
	*/
	get bytes(): string {
		return this.#bytes;
	}

	get style(): Style {
		return this.#style;
	}

	get position(): {readonly row: number; readonly column: number} | undefined {
		return this.#isRowKnown && this.#column !== undefined ? {row: this.#row, column: this.#column} : undefined;
	}

	/**
	An empty screen, whatever was on it.
	*/
	clearScreen(): void {
		this.#bytes += '\u{1B}[m\u{1B}[H\u{1B}[J';
		this.#style = neutral;
		this.#place(0, 0);
	}

	moveTo(row: number, column: number): void {
		if (this.#isRowKnown && this.#row === row && this.#column === column) {
			return;
		}

		const candidates = [`\u{1B}[${row === 0 ? '' : row + 1}${column === 0 ? '' : `;${column + 1}`}H`];
		if (this.#isRowKnown) {
			const down = row - this.#row;
			if (down >= 0) {
				candidates.push(`\r${'\n'.repeat(down)}${horizontalMove(0, column)}`);
			}

			if (this.#column !== undefined) {
				const vertical = down === 0 ? '' : sequence(Math.abs(down), down > 0 ? 'B' : 'A');
				candidates.push(vertical + horizontalMove(this.#column, column));
			}
		}

		this.#bytes += shortest(candidates);
		this.#place(row, column);
	}

	setStyle(style: Style): void {
		this.#bytes += styleTransition(this.#style, style);
		this.#style = style;
	}

	/**
	A glyph of which every terminal knows the width.
	*/
	print(text: string, width: number, style: Style): void {
		if (text !== ' ' || spaceStyle(this.#style) !== style) {
			this.setStyle(style);
		}

		this.#bytes += text;
		const column = this.#column! + width;
		this.#column = column < this.#columns ? column : undefined;
	}

	/**
	A glyph that some terminals draw wider or narrower than `width`: its cells are blanked before, it may not wrap, and the next move is absolute.
	*/
	printDoubtful(text: string, width: number, style: Style, reach: number): void {
		this.setStyle(style);
		const isMayWrap = this.#column! + reach >= this.#columns;
		const blanks = width > 1 ? ' '.repeat(width) + '\b'.repeat(width) : '';
		const isAtEdge = this.#column! + width >= this.#columns;
		// In the last column a backspace counts from the wrap that is held back: say where instead.
		const blanked = isAtEdge && width > 1 ? ' '.repeat(width) + sequence(this.#column! + 1, 'G') : blanks;
		this.#bytes += isMayWrap ? `\u{1B}[?7l${blanked}${text}\u{1B}[?7h` : blanked + text;
		this.#column = undefined;
		this.#isRowKnown = false;
	}

	/**
	Blank from here to the end of the row.
	*/
	eraseToEnd(): void {
		this.setStyle(neutral);
		this.#bytes += '\u{1B}[K';
	}

	setCursorVisible(isVisible: boolean): void {
		this.#bytes += isVisible ? showCursor : hideCursor;
	}
}
