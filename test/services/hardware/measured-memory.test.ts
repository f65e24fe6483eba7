import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {measureFit} from '../../helpers/measure-fit.js';
import {readCpu} from '../../../source/services/hardware/read-cpu.js';
import {type RandomModelShape} from '../../helpers/random-model/shape.js';
import {writeRandomModel} from '../../helpers/random-model/write-random-model.js';
import {program} from '../../e2e/start-remuda.js';
import {temporaryFolder} from '../../helpers/temporary-folder.js';

const usual = {
	blockCount: 4, embeddingLength: 512, feedForwardLength: 1024, vocabularySize: 4096, contextLength: 2048, headCount: 8, headCountKv: 4, tiedEmbeddings: true,
} as const;

const models: ReadonlyArray<readonly [what: string, shape: RandomModelShape, kvCacheType: 'f16' | 'q8_0']> = [
	['rearranged for the processor', {...usual, architecture: 'llama', type: 'Q4_K'}, 'q8_0'],
	['with a sliding window', {
		...usual, architecture: 'gemma3', type: 'Q8_0', blockCount: 6, slidingWindow: 512,
	}, 'f16'],
	['with states beside caches', {...usual, architecture: 'qwen35', type: 'Q8_0'}, 'f16'],
];

for (const [what, shape, kvCacheType] of models) {
	test(`a model ${what} takes what was estimated, within 12 %`, async () => {
		await using folder = await temporaryFolder();
		const modelPath = folder.join('random.gguf');
		await writeRandomModel(modelPath, shape);
		const {instructionSets} = await readCpu();
		const {estimatedBytes, measuredBytes} = await measureFit(modelPath, {contextSize: 2048, kvCacheType, promptTokens: 512}, {program: path.dirname(program), instructionSets});
		assert.ok(Math.abs((estimatedBytes / measuredBytes) - 1) <= 0.12, `${estimatedBytes} were estimated, ${measuredBytes} measured`);
	});
}
