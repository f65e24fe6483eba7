import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseQuantization} from '../../../source/services/sources/parse-quantization.js';

const cases: ReadonlyArray<readonly [path: string, label: string | undefined]> = [
	['qwen2.5-coder-3b-instruct-q4_k_m.gguf', 'Q4_K_M'],
	['tinychat-2.6M.Q8_0.gguf', 'Q8_0'],
	['Qwen3.6-35B-A3B-UD-Q4_K_M.gguf', 'UD-Q4_K_M'],
	['Model-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL'],
	['Model-UD-IQ2_XXS.gguf', 'UD-IQ2_XXS'],
	['Q4_K_M/Model-Q4_K_M-00001-of-00003.gguf', 'Q4_K_M'],
	['Q6_K/Model-00001-of-00002.gguf', 'Q6_K'],
	['Model-F16-then-Q5_K_S.gguf', 'Q5_K_S'],
	['gemma-4-E2B_q4_0-it.gguf', 'Q4_0'],
	['gpt-oss-20b-MXFP4.gguf', 'MXFP4'],
	['gpt-oss-20b-MXFP4_MOE.gguf', 'MXFP4_MOE'],
	['Model-NVFP4.gguf', 'NVFP4'],
	['Model.BF16.gguf', 'BF16'],
	['model-f16.gguf', 'F16'],
	['qwen2.5-coder-3b-instruct-fp16.gguf', 'F16'],
	['model-f32.gguf', 'F32'],
	['Model-IQ4_NL.gguf', 'IQ4_NL'],
	['Model-IQ4_XS.gguf', 'IQ4_XS'],
	['Model-IQ3_M.gguf', 'IQ3_M'],
	['Model-TQ1_0.gguf', 'TQ1_0'],
	['Model-Q2_K.gguf', 'Q2_K'],
	['Model-Q3_K_L.gguf', 'Q3_K_L'],
	['Model-Q4_0_4_8.gguf', 'Q4_0_4_8'],
	['Model-Q6_K_L.gguf', 'Q6_K_L'],
	['model.gguf', undefined],
	['seq4_kernel.gguf', undefined],
	['BIGF16X.gguf', undefined],
];

for (const [path, label] of cases) {
	test(`${path} is ${label ?? 'of no known quantization'}`, () => {
		assert.equal(parseQuantization(path), label);
	});
}
