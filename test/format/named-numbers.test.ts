import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatBenchSettings, parseBenchSettings} from '../../source/format/bench-settings.js';
import {formatSampling, parseSampling} from '../../source/format/sampling.js';

const sampling = {
	temperature: 0.7, topP: 0.9, topK: 40, minP: 0.05, repeatPenalty: 1.1, maxTokens: 1024, seed: undefined,
};
const problemOf = (text: string) => {
	const parsed = parseSampling(text, sampling);
	return 'problem' in parsed ? parsed.problem : '';
};

const bench = {iterations: 3, promptTokens: 128, generatedTokens: 64};

test('what is formatted is read back', () => {
	assert.deepEqual(parseSampling(formatSampling(sampling), sampling), {value: sampling});
	assert.deepEqual(parseSampling(formatSampling({...sampling, seed: 7}), sampling), {value: {...sampling, seed: 7}});
	assert.deepEqual(parseBenchSettings(formatBenchSettings(bench), {iterations: 1, promptTokens: 1, generatedTokens: 1}), {value: bench});
});

test('what is not named stays, and signs between name and number do not matter', () => {
	assert.deepEqual(parseSampling('temperature=0, top_k: 1', sampling), {value: {...sampling, temperature: 0, topK: 1}});
	assert.deepEqual(parseSampling('', sampling), {value: sampling});
	assert.deepEqual(parseSampling('seed none', {...sampling, seed: 3}), {value: sampling});
});

test('what is wrong is said with what is allowed', () => {
	const problems: ReadonlyArray<readonly [string, RegExp]> = [
		['heat 1', /no setting "heat".*temperature/v],
		['temperature', /temperature must be a number from 0 to 5/v],
		['temperature hot', /temperature must be a number from 0 to 5/v],
		['temperature 9', /temperature must be a number from 0 to 5/v],
		['top_k 1.5', /top_k must be a whole number/v],
		['max_tokens none', /max_tokens must be/v],
	];
	assert.deepEqual(problems.filter(([text, expected]) => !expected.test(problemOf(text))), []);
	assert.ok('problem' in parseBenchSettings('iterations 0', bench));
});
