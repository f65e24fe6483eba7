import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatContext, formatCount, formatInteger} from '../../source/format/number.js';

for (const [count, text] of [
	[0, '0'],
	[842, '842'],
	[999.4, '999'],
	[999.5, '1k'],
	[1000, '1k'],
	[12_345, '12.3k'],
	[99_940, '99.9k'],
	[99_950, '100k'],
	[999_400, '999k'],
	[999_500, '1M'],
	[134_515_008, '135M'],
	[7_615_616_512, '7.6B'],
	[8_030_261_312, '8B'],
	[30_532_122_624, '30.5B'],
	[999_500_000_000, '1T'],
	[1e15, '1000T'],
] as const) {
	test(`${count} in short is ${text}`, () => {
		assert.equal(formatCount(count), text);
	});
}

for (const [value, text] of [[0, '0'], [999, '999'], [32_768, '32,768'], [1_048_575.6, '1,048,576'], [-1234, '-1,234']] as const) {
	test(`${value} with its thousands separated is ${text}`, () => {
		assert.equal(formatInteger(value), text);
	});
}

for (const [tokens, text] of [[512, '512'], [1024, '1K'], [32_768, '32K'], [40_960, '40K'], [131_072, '128K'], [1_048_576, '1M'], [10_485_760, '10M']] as const) {
	test(`a context of ${tokens} tokens is “${text}”`, () => {
		assert.equal(formatContext(tokens), text);
	});
}
