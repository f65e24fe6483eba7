import {cellWidth, fitCells} from '../format/cells.js';
import {sanitizeLine} from '../format/sanitize.js';

export type Column = {
	readonly title: string;
	readonly align?: 'left' | 'right';
	/**
	May be cut to this many cells where the terminal is too narrow.
	*/
	readonly minimumWidth?: number;
};

const gap = 2;

/**
Aligned text columns under a line of titles, wide characters counted as two cells.
Without a `width` nothing is ever cut, so that a pipe gets whole values.
*/
export function formatTable(columns: readonly Column[], rows: ReadonlyArray<readonly string[]>, width?: number): string {
	const cells = [columns.map(({title}) => title), ...rows.map(row => row.map(cell => sanitizeLine(cell)))];
	const widths = columns.map((_, index) => Math.max(...cells.map(row => cellWidth(row[index] ?? ''))));
	if (width !== undefined) {
		shrink(widths, columns, width - (gap * (columns.length - 1)));
	}

	return cells
		.map(row => widths.map((cellsWide, index) => fitCells(row[index] ?? '', cellsWide, columns[index]!.align)).join(' '.repeat(gap)).trimEnd())
		.join('\n');
}

/**
Takes cells from the widest column that may lose some until the sum fits, or none may lose any more.
*/
function shrink(widths: number[], columns: readonly Column[], available: number): void {
	let excess = widths.reduce((sum, width) => sum + width, 0) - available;
	while (excess > 0) {
		let widest = -1;
		for (const [index, {minimumWidth}] of columns.entries()) {
			if (minimumWidth !== undefined && widths[index]! > minimumWidth && (widest === -1 || widths[index]! > widths[widest]!)) {
				widest = index;
			}
		}

		if (widest === -1) {
			return;
		}

		widths[widest]!--;
		excess--;
	}
}

/**
Labels and values in two columns; rows without a value are left out.
*/
export function formatFields(fields: ReadonlyArray<readonly [label: string, value: string | undefined]>): string {
	const shown = fields.filter((field): field is readonly [string, string] => field[1] !== undefined);
	const width = Math.max(0, ...shown.map(([label]) => cellWidth(label)));
	return shown.map(([label, value]) => `${fitCells(label, width)}  ${sanitizeLine(value)}`.trimEnd()).join('\n');
}
