import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth} from '../../source/format/cells.js';
import {type Action} from '../../source/state/actions.js';
import {type BenchmarkRun} from '../../source/types/benchmark.js';
import {installedModel, libraryOf} from '../helpers/app-state.js';
import {drawApp} from '../helpers/draw-app.js';

const spread = (median: number) => ({
	median, minimum: median * 0.9, maximum: median * 1.1, standardDeviation: median * 0.05,
});
const iteration = {
	promptTokens: 512, generatedTokens: 128, promptTokensPerSecond: 1234, generationTokensPerSecond: 45.6, timeToFirstTokenMs: 415, interTokenLatencyMs: 21.9,
};
const run = (id: string, tokensPerSecond: number): BenchmarkRun => ({
	id,
	modelId: id,
	ref: id,
	name: `Model ${id} 日本語`,
	quantization: 'Q4_K_M',
	startedAt: '2026-01-01T00:00:00.000Z',
	iterations: [iteration, iteration, iteration],
	promptTokensPerSecond: spread(1234),
	generationTokensPerSecond: spread(tokensPerSecond),
	timeToFirstTokenMs: spread(415),
	interTokenLatencyMs: spread(21.9),
	peakMemoryBytes: 2.34e9,
	threads: 7,
	contextSize: 2048,
	device: 'CPU of this machine',
});
const settings = {iterations: 3, promptTokens: 512, generatedTokens: 128};
const bench: readonly Action[] = [libraryOf(installedModel(), installedModel({id: 'big', name: 'Big 7B'})), {type: 'screen/tab-opened', tab: 'bench'}];
const results: Action = {type: 'bench/load-succeeded', runs: [run('fast', 45.6), run('slow', 22.8)], settings};
const sizes = [[80, 24], [120, 40], [200, 50]] as const;

for (const [columns, rows] of sizes) {
	test(`a result shows every figure at ${columns}×${rows}`, async () => {
		using app = await drawApp({columns, rows, actions: [...bench, results]});
		const drawn = await app.rowsWith('Model slow');
		const row = drawn.find(text => text.includes('Model fast'))!;
		const missing = ['45.6 t/s', '1234 t/s', '415 ms', '21.9 ms', '2.34 GB'].filter(figure => !row.includes(figure));
		assert.deepEqual(missing, [], drawn.join('\n'));
		const bars = ['Model fast', 'Model slow'].map(name => drawn.find(text => text.includes(name))!.split('█').length - 1);
		assert.equal(bars[0], bars[1]! * 2);
		assert.ok(drawn.every(text => cellWidth(text) <= columns), drawn.join('\n'));
		assert.match(drawn.join('\n'), /Model fast 日本語 \(Q4_K_M\) · .*3 × \(512 \+ 128 tokens\)/v);
	});
}

test('the selected result is whole on a low screen, and the list that has the keys is told from the other', async () => {
	using app = await drawApp({actions: [...bench, results]});
	const before = await app.rowsWith('21.90 ms between tokens (19.71 to 24.09) · peak memory 2.34 GB');
	assert.match(before.find(row => row.includes('tinychat'))!, /^›/v);
	assert.doesNotMatch(before.find(row => row.includes('Model fast'))!, /^›/v);
	await app.terminal.press('o', 'j');
	const after = await app.rowsWith('Model slow 日本語 (Q4_K_M) ·');
	assert.match(after.find(row => /^›.*Model slow/v.test(row)) ?? '', /22\.8 t\/s/v);
	assert.doesNotMatch(after.find(row => row.includes('tinychat'))!, /^›/v);
});

test('without results it says what to do', async () => {
	using app = await drawApp({actions: bench});
	const drawn = await app.rowsWith('No results yet.');
	assert.match(drawn.join('\n'), /Enter measures the selected model; Space marks several\./v);
	assert.match(drawn.join('\n'), /iterations 5 prompt_tokens 512 generated_tokens 128/v);
});

test('a measurement shows the model, the step, the tokens and how far it is', async () => {
	using app = await drawApp({
		actions: [
			...bench,
			{type: 'bench/settings-changed', settings},
			{type: 'bench/run-requested', modelIds: ['starter', 'big']},
			{type: 'bench/run-started', modelId: 'starter'},
			{
				type: 'bench/progressed', progress: {
					phase: 'measuring', completed: 1, iterations: 3, generatedTokens: 64, latest: iteration,
				},
			},
		],
	});
	const drawn = await app.rowsWith('iteration 2 of 3');
	assert.match(drawn.join('\n'), /tinychat 2\.6M: iteration 2 of 3 · 64 of 128 tokens[^\n]*last 45\.6 tokens\/s$/mv);
	assert.match(drawn.join('\n'), /█░+ 63 % · 1 more to come$/mv);
	assert.match(drawn[0]!, /measuring/v);
});

test('what cannot be measured is named, with its hint, and leaves the results their room', async () => {
	const error = {code: 'out_of_memory', message: 'The model does not fit into memory: it needs 42.0 GB and 3.00 GB are available.', hint: 'Choose a smaller quantization, or close other programs.'};
	using app = await drawApp({actions: [...bench, results, {type: 'bench/run-requested', modelIds: ['big']}, {type: 'bench/model-failed', modelId: 'big', error}, {type: 'bench/run-succeeded'}]});
	const drawn = await app.rowsWith('! Big 7B: ');
	const text = drawn.map(row => row.trim()).join(' ').replaceAll(/\s+/gv, ' ');
	assert.ok(text.includes(`! Big 7B: ${error.message} ${error.hint}`), drawn.join('\n'));
	assert.match(drawn.at(-2)!, /peak memory 2\.34 GB/v);
});
