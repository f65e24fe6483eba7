import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	bytesFlag,
	flagName,
	integerFlag,
	numberFlag,
} from '../../source/commands/flags.js';

const range = {minimum: 1, maximum: 100};

void test('numbers are read within their range', () => {
	assert.equal(integerFlag({limit: '7'}, 'limit', range), 7);
	assert.equal(integerFlag({}, 'limit', range), undefined);
	assert.equal(numberFlag({temperature: '.5'}, 'temperature', {minimum: 0, maximum: 2}), 0.5);
	assert.equal(bytesFlag({limit: '20GB'}, 'limit'), 20e9);
});

for (const text of ['0', '101', '-1', '1.5', '1e2', '', ' ', 'ten', '0x10', 'NaN', 'Infinity', '9'.repeat(400), '１２']) {
	void test(`${JSON.stringify(text.slice(0, 10))} is no whole number from 1 to 100`, () => {
		assert.throws(() => integerFlag({limit: text}, 'limit', range), {code: 'invalid_flag', message: /^--limit needs a whole number from 1 to 100/v});
	});
}

void test('what was typed is shown without control sequences and short', () => {
	assert.throws(() => numberFlag({topP: `\u{1B}[31m${'x'.repeat(500)}`}, 'topP', range), {message: `--top-p needs a number from 1 to 100, but got “${'x'.repeat(40)}”.`});
});

void test('a flag without its value is not taken for a number', () => {
	assert.throws(() => integerFlag({limit: true}, 'limit', range), {code: 'invalid_flag'});
	assert.throws(() => bytesFlag({limit: ''}, 'limit'), {code: 'invalid_flag'});
});

void test('keys are written as they are typed', () => {
	assert.equal(flagName('maxTokens'), '--max-tokens');
});
