import stringWidth from 'string-width';

/**
What stands in one cell, or in two: a base character with its marks.
*/
export type Glyph = {
	readonly text: string;
	/**
	In cells; 0 is a mark without a base.
	*/
	readonly width: number;
};

// One code unit, one cell in every terminal: Latin, Greek and Cyrillic letters, punctuation, arrows, mathematics, lines, blocks, shapes, braille; nothing that may be drawn as an emoji, no marks, nothing invisible.
const narrow = /^[[\u{20}-\u{7E}\u{A1}-\u{2FF}\u{370}-\u{52F}\u{2010}-\u{2027}\u{2030}-\u{205E}\u{2190}-\u{23FF}\u{2500}-\u{27BF}\u{2800}-\u{28FF}]--[\p{Format}\p{Mark}\p{Unassigned}[\p{Emoji}--[\d#*]]]]*$/v;

// Two cells in every terminal: kana, CJK, Hangul, fullwidth forms.
const wide = /^[\u{3041}-\u{3096}\u{30A1}-\u{30FA}\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{AC00}-\u{D7A3}\u{FF01}-\u{FF5E}]$/v;

const commonMarks = /[\u{300}-\u{36F}]/gv;

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

export function splitGlyphs(text: string): Glyph[] {
	return narrow.test(text) ? text.split('').map(character => ({text: character, width: 1})) : Array.from(segmenter.segment(text), ({segment}) => ({text: segment, width: stringWidth(segment)}));
}

/**
Whether terminals may disagree on the width of a glyph: emoji sequences, scripts with complex clusters, characters newer than a terminal's tables.
*/
export function isDoubtful(glyph: string): boolean {
	if (narrow.test(glyph)) {
		return false;
	}

	const base = glyph.replaceAll(commonMarks, '');
	return base === '' || !(wide.test(base) || (base.length === 1 && narrow.test(base)));
}

/**
How many cells a terminal may at most draw a doubtful glyph in.
*/
export function widestReach(glyph: string): number {
	return 2 * [...glyph].length;
}
