import stringWidth from 'string-width';
import sliceAnsi from 'slice-ansi';

const printableAscii = /^[\u{20}-\u{7E}]*$/v;

// Variation selectors, keycap and tag marks; skin tones and joiners behind an emoji.
const emojiParts = /[\u{20E3}\u{FE0E}\u{FE0F}\u{E0020}-\u{E007F}]|(?<=\p{Extended_Pictographic}\u{FE0F}?)\p{Emoji_Modifier}|(?<=[\p{Emoji_Modifier}\p{Extended_Pictographic}\u{FE0F}])\u{200D}/gv;

/**
Text whose width all terminals agree on: an emoji made of several becomes these several, for one terminal draws them as one and another does not, and a line that is wider than thought breaks the screen.
*/
export function takeEmojiApart(text: string): string {
	return printableAscii.test(text) ? text : text.replaceAll(emojiParts, '');
}

/**
How many terminal cells a line takes; wide characters take two.
*/
export function cellWidth(text: string): number {
	return printableAscii.test(text) ? text.length : knownWidth(text);
}

// A screen is drawn of the same texts again and again, and measuring one takes longer than all else that is done with it.
const widths = new Map<string, number>();
const mostWidths = 4096;
const longestKept = 256;

function knownWidth(text: string): number {
	const known = widths.get(text);
	if (known !== undefined) {
		return known;
	}

	const width = stringWidth(takeEmojiApart(text));
	if (text.length <= longestKept) {
		if (widths.size >= mostWidths) {
			widths.clear();
		}

		widths.set(text, width);
	}

	return width;
}

/**
Cut to `width` cells, with an ellipsis where something is lost; never wider.
*/
export function truncateCells(text: string, width: number): string {
	if (width <= 0) {
		return '';
	}

	const plain = takeEmojiApart(text);
	if (cellWidth(plain) <= width) {
		return plain;
	}

	const cut = printableAscii.test(plain) ? plain.slice(0, width - 1) : sliceAnsi(plain, 0, width - 1);
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
