import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {
	cellWidth,
	fitCells,
	takeEmojiApart,
	truncateCells,
} from '../../source/format/cells.js';
import {createScreen} from '../helpers/terminal/screen.js';

for (const [text, width] of [['', 0], ['plain', 5], ['日本語', 6], ['é', 1], ['e\u{301}', 1], ['👩‍🚀', 4], ['❤️', 1], ['👍🏽', 2], ['1️⃣', 1], ['🐎 horse', 8]] as const) {
	test(`“${text}” takes ${width} cells`, () => {
		assert.equal(cellWidth(text), width);
	});
}

for (const [text, width, cut] of [
	['plain', 5, 'plain'],
	['plain', 4, 'pla…'],
	['plain', 1, '…'],
	['plain', 0, ''],
	['plain', -3, ''],
	['日本語', 6, '日本語'],
	['日本語', 5, '日本…'],
	['日本語', 4, '日…'],
	['日本語', 3, '日…'],
	['日本語', 2, '…'],
	['', 3, ''],
] as const) {
	test(`“${text}” in ${width} cells is “${cut}”`, () => {
		assert.equal(truncateCells(text, width), cut);
	});
}

test('a column is filled on the side that is asked for', () => {
	assert.equal(fitCells('ab', 4), 'ab  ');
	assert.equal(fitCells('ab', 4, 'right'), '  ab');
	assert.equal(fitCells('日本語', 4), '日… ');
	assert.equal(fitCells('日本語', 4, 'right'), ' 日…');
});

const letters = ['a', 'Z', ' ', '日', '語', '🐎', '👩‍🚀', 'é', 'e\u{301}', 'ﷺ', '한', '…', '~'];
const anyText = fc.oneof(fc.array(fc.constantFrom(...letters)).map(parts => parts.join('')), fc.string({unit: 'grapheme'}));

test('any text is cut to its width and never wider, and a column is exactly as wide as it should be', () => {
	fc.assert(fc.property(anyText, fc.integer({min: 0, max: 30}), (text, width) => {
		const cut = truncateCells(text, width);
		assert.ok(stringWidth(cut) <= width);
		assert.ok(cut === takeEmojiApart(text) || cut === '' || cut.endsWith('…'));
		assert.equal(stringWidth(fitCells(text, width)), width);
		assert.equal(stringWidth(fitCells(text, width, 'right')), width);
	}), {numRuns: 3000});
});

test('a terminal that draws each part of an emoji by itself needs as many cells as were counted', async () => {
	const pieces = [...letters, '❤️', '👍🏽', '👩‍👩‍👧', '1️⃣', '🇩🇪', '☺️', '🏳️‍🌈', 'ก็', 'नि'];
	const pieceTexts = fc.array(fc.constantFrom(...pieces), {maxLength: 20}).map(parts => parts.join(''));
	await fc.assert(fc.asyncProperty(pieceTexts, async text => {
		const screen = createScreen(200, 2);
		await new Promise<void>(resolve => {
			screen.write(truncateCells(text, 199), resolve);
		});
		assert.equal(screen.cursor().column, cellWidth(text));
		screen.dispose();
	}), {numRuns: 100});
});
