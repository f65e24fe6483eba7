import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findDownload} from '../../source/commands/find-download.js';
import {aDownload} from './helpers/a-download.js';

const queue = [
	aDownload({
		id: 'one-q4', modelId: 'one-q4', ref: 'hf:owner/one-GGUF:Q4_K_M', repository: 'owner/one-GGUF',
	}),
	aDownload({
		id: 'one-q8', modelId: 'one-q8', ref: 'hf:owner/one-GGUF:Q8_0', repository: 'owner/one-GGUF',
	}),
	aDownload({
		id: 'two-12345678', modelId: 'Two', ref: 'Two', repository: 'owner/two-GGUF',
	}),
];

for (const [text, id] of [
	['one-q4', 'one-q4'],
	['ONE-Q8', 'one-q8'],
	['two-12345678', 'two-12345678'],
	['Two', 'two-12345678'],
	['two', 'two-12345678'],
	['hf:owner/one-GGUF:Q8_0', 'one-q8'],
	['HF:Owner/One-gguf:q8_0', 'one-q8'],
	['hf:owner/two-GGUF', 'two-12345678'],
] as const) {
	test(`${text} is the download ${id}`, () => {
		assert.equal(findDownload(queue, text).id, id);
	});
}

test('a repository with two downloads names neither', () => {
	assert.throws(() => findDownload(queue, 'hf:owner/one-GGUF'), {code: 'ambiguous_reference', exitCode: 2, hint: /one-q4, one-q8/v});
});

test('what is not in the queue is not found, with what was meant and what there is', () => {
	assert.throws(() => findDownload(queue, 'one-q5'), {code: 'download_not_found', exitCode: 3, hint: /^Did you mean one-q[48]\? The queue has one-q4, one-q8, Two\.$/v});
	assert.throws(() => findDownload([], 'one-q4'), {code: 'download_not_found', hint: 'The queue is empty.'});
	assert.throws(() => findDownload(queue, `\u{1B}[31m${'x'.repeat(5000)}`), {code: 'download_not_found', message: `There is no download “${'x'.repeat(80)}”.`});
});
