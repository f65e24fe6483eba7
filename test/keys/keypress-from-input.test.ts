import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keypressesFromInput, type InputKey} from '../../source/keys/keypress-from-input.js';

const names = (input: string, key: InputKey = {}) => keypressesFromInput(input, key).map(({name}) => name);
const text = (input: string) => keypressesFromInput(input, {}).map(keypress => keypress.text).join('');

test('every key has one name', () => {
	assert.deepEqual(names('', {upArrow: true}), ['up']);
	assert.deepEqual(names('', {tab: true, shift: true}), ['shift+tab']);
	assert.deepEqual(names('', {return: true}), ['enter']);
	assert.deepEqual(names('', {return: true, meta: true}), ['alt+enter']);
	assert.deepEqual(names('\r', {meta: true}), ['alt+enter']);
	assert.deepEqual(names('u', {ctrl: true}), ['ctrl+u']);
	assert.deepEqual(names('x', {meta: true}), ['alt+x']);
	assert.deepEqual(names('G', {shift: true}), ['G']);
	assert.deepEqual(names(' '), ['space']);
	assert.deepEqual(names('\n'), ['ctrl+j']);
});

test('keys that came in one piece are taken apart', () => {
	assert.deepEqual(names('jj\r'), ['j', 'j', 'enter']);
	assert.deepEqual(names('a\u{7F}b\u{15}'), ['a', 'backspace', 'b', 'ctrl+u']);
	assert.equal(text('What is it?\r'), 'What is it?');
});

test('a character of several code points is one key', () => {
	assert.deepEqual(names('👩‍👩‍👧é日'), ['👩‍👩‍👧', 'é', '日']);
});

test('no key types a control character', () => {
	assert.equal(text('\u{0}\u{1}\u{1B}\u{7F}\u{1F}a'), 'a');
});
