import {isDoubtful, widestReach} from './glyphs.js';
import {skipCost, type Pen} from './pen.js';
import {widthAt, type Row} from './row.js';
import {neutral, spaceStyle, styleTransition} from './style.js';

const printableAscii = /^[\u{20}-\u{7E}]$/v;

function reachAt(row: Row, column: number): number {
	const text = row.texts[column]!;
	return text === '' || printableAscii.test(text) || !isDoubtful(text) ? 1 : widestReach(text);
}

/**
Which cells have to be written. A wide glyph is written whole, and where a doubtful one is written or overwritten, so is all it may have covered.
*/
function changedCells(from: Row, to: Row): boolean[] {
	const columns = to.texts.length;
	const changed = to.texts.map((text, column) => text !== from.texts[column] || to.styles[column] !== from.styles[column]);
	for (let column = 0; column < columns; column++) {
		if (!(changed[column] ?? false)) {
			continue;
		}

		const reach = Math.max(widthAt(from, column), widthAt(to, column), reachAt(from, column), reachAt(to, column));
		changed.fill(true, column, Math.min(columns, column + reach));
	}

	return changed;
}

/**
Where a blank end of the row is better erased than written; the number of columns when it is not.
*/
function eraseFrom(to: Row, changed: readonly boolean[]): number {
	const columns = to.texts.length;
	let end = columns;
	while (end > 0 && to.texts[end - 1] === ' ' && to.styles[end - 1] === neutral) {
		end--;
	}

	const first = changed.indexOf(true, end);
	const last = changed.lastIndexOf(true);
	// To erase takes three bytes, and often three more for the neutral style.
	return first !== -1 && last - first >= 4 ? first : columns;
}

function writeCells(pen: Pen, rowIndex: number, row: Row, start: number, end: number): void {
	for (let column = start; column < end;) {
		const text = row.texts[column]!;
		const width = widthAt(row, column);
		const reach = reachAt(row, column);
		pen.moveTo(rowIndex, column);
		if (reach === 1) {
			pen.print(text, width, row.styles[column]!);
		} else {
			pen.printDoubtful(text, width, row.styles[column]!, reach);
		}

		column += width;
	}
}

/**
Whether it is cheaper to write the unchanged cells from `start` to `end` again than to step over them.
*/
function isWorthRewriting(pen: Pen, row: Row, start: number, end: number): boolean {
	const skip = skipCost(end - start) + styleTransition(pen.style, row.styles[end]!).length;
	let {style} = pen;
	let cost = 0;
	for (let column = start; column <= end; column++) {
		const text = row.texts[column]!;
		const cellStyle = row.styles[column]!;
		if (column < end && !printableAscii.test(text)) {
			return false;
		}

		if (text !== ' ' || spaceStyle(style) !== cellStyle) {
			cost += styleTransition(style, cellStyle).length;
			style = cellStyle;
		}

		cost += column < end ? 1 : 0;
		if (cost > skip) {
			return false;
		}
	}

	return true;
}

/**
Bring a row of the terminal from one state to another.
*/
export function paintRow(pen: Pen, rowIndex: number, from: Row, to: Row): void {
	if (from === to) {
		return;
	}

	const changed = changedCells(from, to);
	const erased = eraseFrom(to, changed);
	let written: number | undefined;
	for (let column = changed.indexOf(true); column !== -1 && column < erased;) {
		const next = changed.indexOf(false, column);
		const end = Math.min(next === -1 ? changed.length : next, erased);
		const isJoined = written !== undefined && pen.position?.column === written && isWorthRewriting(pen, to, written, column);
		writeCells(pen, rowIndex, to, isJoined ? written! : column, end);
		written = end;
		column = changed.indexOf(true, end);
	}

	if (!(erased < changed.length)) {
		return;
	}

	pen.moveTo(rowIndex, erased);
	pen.eraseToEnd();
}
