import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nameWithoutQuantization, nameWithQuantization} from '../../source/format/model-name.js';

test('the quantization is taken off a name where it ends it in brackets', () => {
	assert.equal(nameWithoutQuantization('Qwen 7B (Q4_K_M)', 'Q4_K_M'), 'Qwen 7B');
	assert.equal(nameWithoutQuantization('Qwen 7B (Q4_K_M)', 'Q8_0'), 'Qwen 7B (Q4_K_M)');
	assert.equal(nameWithoutQuantization('Qwen 7B', 'Q4_K_M'), 'Qwen 7B');
});

test('a name has its quantization once', () => {
	assert.equal(nameWithQuantization('Qwen 7B', 'Q4_K_M'), 'Qwen 7B (Q4_K_M)');
	assert.equal(nameWithQuantization('Qwen 7B (Q4_K_M)', 'Q4_K_M'), 'Qwen 7B (Q4_K_M)');
	assert.equal(nameWithQuantization('Qwen 7B', ''), 'Qwen 7B');
});
