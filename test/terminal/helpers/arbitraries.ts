import fc from 'fast-check';

export const anySize = fc.record({columns: fc.integer({min: 8, max: 50}), rows: fc.integer({min: 2, max: 10})});

export const anySgr = fc.constantFrom(
	'1', '2', '3', '4', '7', '9', '53', '31', '92', '38;5;203', '38;2;10;20;30', '44', '105', '48;5;17', '48;2;200;100;0', '1;2', '22', '23', '24', '27', '29', '55', '39', '49', '0', '', '0;1;31',
);

/**
Glyphs of whose width string-width and xterm.js think the same.
*/
const agreedGlyphs = [' ', ' ', 'a', 'b', 'Z', '7', '~', '─', '█', '⣿', '…', '✓', 'é', 'e\u{301}', 'ж', '日', '本', '한', '🦙', '🚀', 'ｱ'];

/**
Glyphs that terminals draw in different widths.
*/
export const doubtfulGlyphs = ['👨‍👩‍👧', '❤️', '🏳️‍🌈', '🇫🇷', '👍🏽', 'क्षि', 'ก็', '1️⃣', '☂️', '𓀀', '가'];

function textOf(glyphs: readonly string[]): fc.Arbitrary<string> {
	return fc.array(fc.constantFrom(...glyphs), {maxLength: 12}).map(parts => parts.join(''));
}

function lineOf(glyphs: readonly string[]): fc.Arbitrary<string> {
	const text = textOf(glyphs);
	const piece = fc.oneof(
		{weight: 2, arbitrary: text},
		{weight: 2, arbitrary: fc.tuple(anySgr, text).map(([code, content]) => `\u{1B}[${code}m${content}\u{1B}[0m`)},
		{weight: 1, arbitrary: text.map(content => `\u{1B}]8;;https://example.org\u{1B}\\${content}\u{1B}]8;;\u{1B}\\`)},
	);
	return fc.array(piece, {maxLength: 6}).map(parts => parts.join(''));
}

/**
Text alone.
*/
export const anyText = textOf(agreedGlyphs);

/**
A line of text with styles and hyperlinks.
*/
export const anyLine = lineOf(agreedGlyphs);

export const anyDoubtfulLine = lineOf([...agreedGlyphs, ...doubtfulGlyphs]);
