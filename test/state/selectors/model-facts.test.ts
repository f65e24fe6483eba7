import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bestVariant} from '../../../source/state/selectors/best-variant.js';
import {memoize} from '../../../source/state/selectors/memoize.js';
import {parametersFromName} from '../../../source/state/selectors/parameters-from-name.js';
import {type FitLevel} from '../../../source/types/fit.js';
import {variant} from '../../helpers/models.js';

for (const [name, parameters] of [
	['Qwen/Qwen2.5-Coder-7B-Instruct-GGUF', 7e9],
	['bartowski/SmolLM2-135M-Instruct-GGUF', 135e6],
	['TheBloke/Mixtral-8x7B-v0.1-GGUF', 56e9],
	['unsloth/gemma-3-1b-it-GGUF', 1e9],
	['Qwen/Qwen3-30B-A3B-GGUF', 30e9],
	['owner/qwen2.5-0.5b', 0.5e9],
	['owner/llama-3-8bit', undefined],
	['owner/model-4bpw', undefined],
	['owner/0B-model', undefined],
	['owner/Phi-4-GGUF', undefined],
	['', undefined],
] as const) {
	test(`“${name}” speaks of ${parameters ?? 'no'} parameters`, () => {
		assert.equal(parametersFromName(name), parameters);
	});
}

const variants = [variant('o/r', 'Q2_K', 1e9), variant('o/r', 'Q8_0', 4e9), variant('o/r', 'BF16', 8e9)];

test('where nothing is known of the machine the smallest variant is taken', () => {
	const unjudged = new Map<string, FitLevel>();
	assert.equal(bestVariant(variants, ({ref}) => unjudged.get(ref))?.quantization, 'Q2_K');
});

test('full precision is taken only where there is nothing else', () => {
	assert.equal(bestVariant(variants, () => 'memory')?.quantization, 'Q8_0');
	assert.equal(bestVariant(variants.slice(2), () => 'memory')?.quantization, 'BF16');
	assert.equal(bestVariant(variants, ({quantization}) => (quantization === 'BF16' ? 'gpu' : 'memory'))?.quantization, 'BF16');
	assert.equal(bestVariant(variants.slice(3), () => 'gpu'), undefined);
});

test('a selector computes anew only when an input is another object', () => {
	let computed = 0;
	const sum = memoize((numbers: readonly number[], extra: number) => {
		computed++;
		return [...numbers, extra];
	});
	const numbers = [1, 2];
	assert.equal(sum(numbers, 3), sum(numbers, 3));
	assert.equal(computed, 1);
	assert.deepEqual(sum([1, 2], 3), [1, 2, 3]);
	assert.deepEqual(sum(numbers, 4), [1, 2, 4]);
	assert.equal(computed, 3);
});
