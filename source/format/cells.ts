import stringWidth from 'string-width';
import sliceAnsi from 'slice-ansi';

const printableAscii = /^[\u{20}-\u{7E}]*$/v;

/**
How many terminal cells a line takes; wide characters take two.
*/
export function cellWidth(text: string): number {
	return printableAscii.test(text) ? text.length : stringWidth(text);
}

/**
Cut to `width` cells, with an ellipsis where something is lost; never wider.
*/
export function truncateCells(text: string, width: number): string {
	if (width <= 0) {
		return '';
	}

	if (cellWidth(text) <= width) {
		return text;
	}

	const cut = printableAscii.test(text) ? text.slice(0, width - 1) : sliceAnsi(text, 0, width - 1);
	return `${cut}…`;
}

/**
Exactly `width` cells: cut or filled with spaces.
*/
export function fitCells(text: string, width: number, align: 'left' | 'right' = 'left'): string {
	const cut = truncateCells(text, width);
	const padding = ' '.repeat(Math.max(0, width - cellWidth(cut)));
	return align === 'left' ? cut + padding : padding + cut;
}
