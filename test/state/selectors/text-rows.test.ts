import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {cellWidth} from '../../../source/format/cells.js';
import {createRowWriter} from '../../../source/state/selectors/text-rows.js';

const piece = fc.oneof(
	fc.constantFrom('\n', ' ', '```', '```js\n', '# ', 'word ', '東京は日本の首都です。', '👩‍🚀', 'x'.repeat(90), 'long line '.repeat(150), '日'.repeat(1500)),
	fc.string({unit: 'grapheme', maxLength: 20}),
);

test('a text has the same rows whether it came at once or in pieces, and none is too wide', () => {
	fc.assert(fc.property(fc.array(piece, {maxLength: 12}), fc.integer({min: 4, max: 80}), (pieces, width) => {
		const writer = createRowWriter(width);
		let text = '';
		for (const next of pieces) {
			text += next;
			writer.rowsOf(text);
		}

		const rows = writer.rowsOf(text);
		assert.deepEqual(rows, createRowWriter(width).rowsOf(text));
		assert.deepEqual(rows.filter(row => cellWidth(row.text) > width), []);
	}), {numRuns: 60});
});

test('fences and headings are told apart, also in lines longer than a piece', () => {
	const long = 'word '.repeat(300);
	const rows = createRowWriter(80).rowsOf(`# ${long}\n\`\`\`${long}\n# no heading\n\`\`\`\nplain`);
	const kinds = rows.map(({kind}) => kind).filter((kind, index, all) => kind !== all[index - 1]);
	assert.deepEqual(kinds, ['heading', 'code', 'text']);
	assert.equal(rows.filter(({kind}) => kind === 'text').length, 1);
});

test('a word more costs little, however long the line is', () => {
	const writer = createRowWriter(78);
	let text = '東京は日本の首都です。'.repeat(2000);
	writer.rowsOf(text);
	const startedAt = performance.now();
	for (let count = 0; count < 20; count++) {
		text += '日本';
		writer.rowsOf(text);
	}

	// Wrapped anew each time it would be half a second for every one of them.
	assert.ok(performance.now() - startedAt < 2000);
});
