import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chooseVariant} from '../../../source/services/sources/choose-variant.js';
import {type HuggingFaceReference} from '../../../source/types/model-reference.js';
import {type Variant} from '../../../source/types/search.js';

function variant(quantization: string, ...paths: readonly string[]): Variant {
	return {
		ref: `hf:o/r:${quantization}`,
		quantization,
		sizeBytes: 1e9,
		files: (paths.length > 0 ? paths : [`m-${quantization}.gguf`]).map(path => ({path, sizeBytes: 1e9, role: path.includes('mmproj') ? 'mmproj' : 'model'})),
	};
}

function choose(variants: readonly Variant[], wanted: Partial<HuggingFaceReference> = {}): string {
	return chooseVariant(variants, {kind: 'hugging-face', repository: 'o/r', ...wanted}).quantization;
}

const all = ['Q2_K', 'Q4_K_M', 'Q8_0'].map(label => variant(label));

test('by quantization, in any case, and without the UD- of its name', () => {
	assert.equal(choose(all, {quantization: 'Q8_0'}), 'Q8_0');
	assert.equal(choose(all, {quantization: 'q4_k_m'}), 'Q4_K_M');
	assert.equal(choose([variant('UD-Q4_K_XL'), variant('Q8_0')], {quantization: 'Q4_K_XL'}), 'UD-Q4_K_XL');
	assert.equal(choose([variant('UD-Q4_K_M'), variant('Q4_K_M')], {quantization: 'Q4_K_M'}), 'Q4_K_M');
});

test('by the path of any of its files, but not of its projector', () => {
	const variants = [variant('Q4_0', 'a-00001-of-00002.gguf', 'a-00002-of-00002.gguf', 'mmproj.gguf'), variant('Q8_0')];
	assert.equal(choose(variants, {filePath: 'a-00002-of-00002.gguf'}), 'Q4_0');
	assert.throws(() => choose(variants, {filePath: 'mmproj.gguf'}), {code: 'file_not_found', exitCode: 3, hint: /hf:o\/r:Q4_0 \(1\.00 GB\), hf:o\/r:Q8_0/v});
});

test('by default Q4_K_M, then Q8_0, then the only one', () => {
	assert.equal(choose(all), 'Q4_K_M');
	assert.equal(choose([variant('Q2_K'), variant('Q8_0')]), 'Q8_0');
	assert.equal(choose([variant('Q2_K'), variant('UD-Q4_K_M'), variant('Q8_0')]), 'UD-Q4_K_M');
	assert.equal(choose([variant('Q2_K')]), 'Q2_K');
});

test('several and no default is ambiguous, and the candidates are named', () => {
	assert.throws(() => choose([variant('Q2_K'), variant('Q3_K_S')]), {code: 'ambiguous_reference', exitCode: 2, hint: /hf:o\/r:Q2_K.*hf:o\/r:Q3_K_S/v});
	assert.throws(() => choose([variant('Q4_K_M', 'a.gguf'), variant('Q4_K_M', 'b.gguf')]), {code: 'ambiguous_reference'});
});

test('what is not there is not found, and what is there is named, within reason', () => {
	assert.throws(() => choose(all, {quantization: 'Q5_K_M'}), {code: 'quantization_not_found', exitCode: 3, hint: /Q2_K.*Q4_K_M.*Q8_0/v});
	const many = Array.from({length: 50}, (_, index) => variant(`Q${index}_0`));
	assert.throws(() => choose(many, {quantization: 'F16'}), {hint: /and 30 more\.$/v});
	assert.throws(() => choose([]), {code: 'no_variants', exitCode: 3, hint: /remuda search r/v});
});
