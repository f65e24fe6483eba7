import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	editLine,
	editTextField,
	emptyTextField,
	textField,
	type TextField,
} from '../../source/state/text-field.js';

const key = (name: string) => ({name, text: ''});
const typed = (text: string) => ({name: text, text});
const pasted = (text: string) => ({name: 'paste', text});

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

function isBetweenGraphemes({value, cursor}: TextField): boolean {
	return cursor === value.length || [...graphemes.segment(value)].some(({index}) => index === cursor);
}

const edits = ['left', 'right', 'home', 'end', 'backspace', 'delete', 'ctrl+a', 'ctrl+e', 'ctrl+b', 'ctrl+f', 'ctrl+d', 'ctrl+w', 'ctrl+u', 'ctrl+k'];
// Among them pieces that join with their neighbours: an accent, a joiner, half a flag.
const pieces = ['a', 'é', ' ', '日', '👩', '\u{200D}', '💻', '\u{301}', '🇩', '🇪', '\n', 'word'];

const anyEdit = fc.constantFrom(...edits).map(name => key(name));
const anyPiece = fc.constantFrom(...pieces).map(text => typed(text));
const anyKeys = fc.array(fc.oneof(anyEdit, anyPiece), {maxLength: 40});

test('after any keys the cursor stands between two graphemes', () => {
	fc.assert(fc.property(anyKeys, keypresses => {
		const fields = [emptyTextField];
		for (const keypress of keypresses) {
			fields.push(editTextField(fields.at(-1)!, keypress));
		}

		assert.deepEqual(fields.filter(field => !isBetweenGraphemes(field)), []);
	}));
});

test('a grapheme of many code points is passed and deleted as one', () => {
	const woman = '👩‍💻';
	const field = textField(`a${woman}`);
	assert.deepEqual(editTextField(field, key('left')), {value: `a${woman}`, cursor: 1});
	assert.deepEqual(editTextField(field, key('backspace')), {value: 'a', cursor: 1});
	assert.deepEqual(editTextField({value: `${woman}b`, cursor: 0}, key('delete')), {value: 'b', cursor: 0});
});

test('what is typed goes in at the cursor', () => {
	const field = editTextField({value: 'qwn', cursor: 2}, typed('e'));
	assert.deepEqual(field, {value: 'qwen', cursor: 3});
});

test('words and line ends are deleted as shells do', () => {
	assert.deepEqual(editTextField(textField('qwen coder 7b '), key('ctrl+w')), {value: 'qwen coder ', cursor: 11});
	assert.deepEqual(editTextField({value: 'qwen coder', cursor: 5}, key('ctrl+k')), {value: 'qwen ', cursor: 5});
	assert.deepEqual(editTextField({value: 'qwen coder', cursor: 5}, key('ctrl+u')), {value: 'coder', cursor: 0});
});

test('a key that edits nothing gives the same field', () => {
	const field = textField('qwen');
	assert.equal(editTextField(field, key('pageup')), field);
	assert.equal(editTextField(field, key('ctrl+k')), field);
	assert.equal(editTextField(emptyTextField, key('backspace')), emptyTextField);
});

test('pasted text loses escape sequences and control characters, and keeps its lines', () => {
	const {value} = editTextField(emptyTextField, pasted('one\r\n\u{1B}[31mtwo\u{1B}[0m\rthree\u{0}\u{202E}\tfour'));
	assert.equal(value, 'one\ntwo\nthree    four');
});

test('a field of one line takes pasted lines as words', () => {
	assert.equal(editLine(emptyTextField, pasted('\nqwen\r\ncoder\r\n')).value, 'qwen coder');
	assert.equal(editLine(textField('qwen'), pasted(' b')).value, 'qwen b', 'a space in the same piece as the next letter is lost');
});

test('what is pasted is cut where the field is full, and never in the middle of a character', () => {
	const lengthAfter = (length: number) => editTextField({value: 'a'.repeat(length), cursor: length}, pasted('😀😀')).value.length;
	assert.equal(lengthAfter(99_999), 99_999);
	assert.equal(lengthAfter(99_998), 100_000);
	assert.equal(lengthAfter(100_000), 100_000);
});
