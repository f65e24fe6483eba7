import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {sanitizeText} from '../../../source/format/sanitize.js';
import {createSanitizingStream} from '../../../source/services/engine/sanitizing-stream.js';

const pieces = fc.constantFrom(
	'text', ' ', '\n', '\r\n', '\r', '\t', '日本', '🐎', '\u{1B}[31m', '\u{1B}[0m', '\u{9B}2J', '\u{1B}[?1049h', '\u{1B}]0;title\u{7}', '\u{1B}]8;;https://example.com\u{1B}\\', '\u{1B}c', '\u{1B}', '\u{202E}', '\u{0}',
);

test('shows the same, however the text is cut', () => {
	const length = fc.integer({min: 1, max: 5});
	const manyLengths = fc.array(length, {minLength: 1});
	const property = fc.property(fc.array(pieces), manyLengths, (texts, lengths) => {
		const text = texts.join('');
		const stream = createSanitizingStream();
		let shown = '';
		for (let start = 0, index = 0; start < text.length; index++) {
			const end = start + lengths[index % lengths.length]!;
			shown += stream.push(text.slice(start, end));
			start = end;
		}

		assert.equal(shown + stream.flush(), sanitizeText(text));
	});
	fc.assert(property, {numRuns: 2000});
});

test('never lets a control character through, whatever comes', () => {
	const text = fc.oneof(pieces, fc.string({unit: 'binary'}));
	const anything = fc.array(text);
	fc.assert(fc.property(anything, texts => {
		const stream = createSanitizingStream();
		const shown = texts.map(piece => stream.push(piece)).join('') + stream.flush();
		assert.doesNotMatch(shown, /[\p{Control}--\n]/v);
	}));
});

test('does not wait for what never comes', () => {
	const stream = createSanitizingStream();
	const shown = stream.push(`a\u{1B}]${'x'.repeat(2000)}`) + stream.push(`b\u{1B}[${'1;'.repeat(100)}`);
	assert.match(shown, /^a.*x{100}b/v);
});

test('shows plain text at once', () => {
	const stream = createSanitizingStream();
	assert.equal(stream.push('The capital'), 'The capital');
	assert.equal(stream.push(' 🐎'.slice(0, 2)), ' ');
	assert.equal(stream.push(' 🐎'.slice(2)), '🐎');
});
