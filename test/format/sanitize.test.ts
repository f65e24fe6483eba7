import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {sanitizeLine, sanitizeText} from '../../source/format/sanitize.js';

for (const [what, text, clean] of [
	['colours', '\u{1B}[31mred\u{1B}[0m', 'red'],
	['colours with colons', '\u{1B}[38:2::1:2:3mred', 'red'],
	['eight-bit colours', '\u{9B}31mred', 'red'],
	['a title', '\u{1B}]0;title\u{7}text', 'text'],
	['an eight-bit title', '\u{9D}0;title\u{9C}text', 'text'],
	['links', '\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\', 'link'],
	['a picture', '\u{1B}Pq#0;2;0\u{1B}\\picture', 'picture'],
	['a clipboard write', '\u{1B}]52;c;ZXZpbA==\u{7}', ''],
	['a character set', 'a\u{1B}(Bb', 'ab'],
	['a saved cursor', 'a\u{1B}7b', 'ab'],
	['a cleared screen', '\u{1B}[2J\u{1B}[Htext', 'text'],
	['a bell, a backspace and NUL', 'a\u{7}\u{8}\0b', 'ab'],
	['a carriage return that would overwrite', 'safe\rEVIL', 'safeEVIL'],
	['an escape at the end', 'text\u{1B}', 'text'],
	['a colour at the end', 'text\u{1B}[3', 'text3'],
	['marks that reorder text', 'a\u{202E}b\u{2066}c', 'abc'],
	['marks that hide text', 'a\u{200B}\u{FEFF}\u{2060}b', 'ab'],
	['tabs', 'a\tb', 'a    b'],
	['Windows lines', 'a\r\nb', 'a\nb'],
	['other scripts and emoji', '日本語 Grüße 👩‍🚀 नमस्ते', '日本語 Grüße 👩‍🚀 नमस्ते'],
] as const) {
	test(`${what}: ${JSON.stringify(text)} becomes safe`, () => {
		assert.equal(sanitizeText(text), clean);
	});
}

test('a line is one line, without space around it', () => {
	assert.equal(sanitizeLine('  one \n\n\t two\u{2028}three \r\n'), 'one twothree');
	assert.equal(sanitizeLine('\n \n'), '');
});

const pieces = ['\u{1B}', '[', ']', '31', 'm', ';', '\u{7}', '\\', 'a', '\n', '\r', '\u{9B}', '\u{9D}', '\u{9C}', 'P', '(', '\u{202E}', '\t', 'é', ' '];
const anyText = fc.oneof(fc.string({unit: 'binary'}), fc.array(fc.constantFrom(...pieces)).map(parts => parts.join('')));

test('no text keeps a control character or a mark that reorders, and what is clean stays as it is', () => {
	fc.assert(fc.property(anyText, text => {
		const clean = sanitizeText(text);
		assert.doesNotMatch(clean, /[\p{Bidi_Control}[\p{Control}--\n]]/v);
		assert.equal(sanitizeText(clean), clean);
		assert.doesNotMatch(sanitizeLine(text), /[\p{Bidi_Control}\p{Control}]/v);
	}), {numRuns: 3000});
});

for (const unit of ['\u{1B}]', '\u{1B}]8;;', '\u{9D}', '\u{9D}a', '\u{1B}P', '\u{1B}[', '\u{1B}[1;', '\u{1B}( ', '\u{1B}', ' \n']) {
	test(`a megabyte of ${JSON.stringify(unit)} takes no longer than a text of that length may`, () => {
		const text = unit.repeat(1_000_000 / unit.length);
		const start = performance.now();
		sanitizeLine(text);
		assert.ok(performance.now() - start < 2000);
	});
}
