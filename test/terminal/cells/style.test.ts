import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	applyLink,
	applySgr,
	neutral,
	spaceStyle,
	styleTransition,
	type Style,
} from '../../../source/terminal/cells/style.js';
import {anySgr} from '../helpers/arbitraries.js';

const anyStyle = fc.array(anySgr, {maxLength: 6}).map(codes => codes.reduce<Style>((style, code) => applySgr(style, code), neutral)); // eslint-disable-line unicorn/no-array-reduce -- One after the other.

/**
The style after the SGR sequences in `bytes`.
*/
function afterBytes(style: Style, bytes: string): Style {
	// eslint-disable-next-line no-control-regex, regexp/no-control-character -- That is what it looks for.
	return bytes.matchAll(/\u{1B}\[(?<sgr>[\d:;]*)m/gv).reduce((current, match) => applySgr(current, match.groups!.sgr!), style);
}

test('a transition leads from any style to any other', () => {
	fc.assert(fc.property(anyStyle, anyStyle, (from, to) => {
		assert.equal(afterBytes(from, styleTransition(from, to)), to);
	}), {numRuns: 2000});
});

test('a transition is never longer than to reset and say all', () => {
	fc.assert(fc.property(anyStyle, anyStyle, (from, to) => {
		assert.ok(styleTransition(from, to).length <= `\u{1B}[0;${to}m`.length);
	}), {numRuns: 2000});
});

test('equal looks are equal styles, whatever led to them', () => {
	assert.equal(applySgr(applySgr(neutral, '31;1'), '4'), applySgr(neutral, '4;1;31'));
	assert.equal(applySgr(neutral, '4:3'), '4');
	assert.equal(applySgr('1;2;31', '22'), '31');
	assert.equal(applySgr(neutral, '38:2::1:2:3'), '38:2::1:2:3');
	assert.equal(applySgr('1;38;2;1;2;3;44', ''), neutral);
});

test('only what changes is said', () => {
	assert.equal(styleTransition('1;31', '1;32'), '\u{1B}[32m');
	assert.equal(styleTransition('1;31;44', '1;44'), '\u{1B}[39m');
	assert.equal(styleTransition('1;2', '2'), '\u{1B}[0;2m');
	assert.equal(styleTransition('31', neutral), '\u{1B}[m');
});

test('a hyperlink begins, changes and ends beside the style', () => {
	const linked = applyLink('4', ';https://example.org');
	assert.equal(styleTransition(neutral, linked), '\u{1B}[4m\u{1B}]8;;https://example.org\u{1B}\\');
	assert.equal(styleTransition(linked, '4'), '\u{1B}]8;;\u{1B}\\');
	assert.equal(applySgr(linked, '0'), applyLink(neutral, ';https://example.org'));
	assert.equal(applyLink(linked, ';'), '4');
});

test('in a space only what can be seen counts', () => {
	assert.equal(spaceStyle('1;31'), neutral);
	assert.equal(spaceStyle('1;31;44'), '44');
	assert.equal(spaceStyle('4;31'), '4;31');
	assert.equal(spaceStyle('7;31'), '7;31');
});
