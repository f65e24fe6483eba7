// Prompt and generation speed of the engine against node-llama-cpp in this process; see README.md.
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {spreadOf} from '../../source/services/bench/statistics.js';
import {createEngine} from '../../source/services/engine/create-engine.js';
import {type Engine} from '../../source/services/engine/engine.js';
import {type SamplingSettings} from '../../source/types/generation.js';
import {installedModel} from '../../test/helpers/starter-model.js';
import {loadPlainLoop, type PlainLoop} from './plain-loop.js';
import {makeRandomModel} from './random-model.js';

const rows = ['prompt', 'generation', 'chat'] as const;

type Sample = Readonly<Record<(typeof rows)[number], number>>;

const {values} = parseArgs({options: {pairs: {type: 'string', default: '10'}, prompt: {type: 'string', default: '512'}, generate: {type: 'string', default: '64'}}});
const [pairs, promptTokens, generatedTokens] = [values.pairs, values.prompt, values.generate].map(Number) as [number, number, number];
const threads = Math.max(1, os.availableParallelism() - 1);
const contextSize = 2048;
const {signal} = new AbortController();
const message = 'Tell me a story about a horse.';
const sampling: SamplingSettings = {
	temperature: 0.7, topP: 0.95, topK: 40, minP: 0.05, repeatPenalty: 1, maxTokens: generatedTokens, seed: 1,
};

async function sampleEngine(engine: Engine): Promise<Sample> {
	const {promptTokensPerSecond, generationTokensPerSecond} = await engine.measure({promptTokens, generatedTokens}, {signal});
	const {statistics} = await engine.generate({messages: [{role: 'user', content: message}], sampling}, {signal});
	return {prompt: promptTokensPerSecond, generation: generationTokensPerSecond, chat: statistics.generationTokensPerSecond};
}

async function samplePlain(plain: PlainLoop): Promise<Sample> {
	return {...await plain.measure(promptTokens, generatedTokens), chat: await plain.chat(message, sampling)};
}

async function samplePairs(engine: Engine, plain: PlainLoop): Promise<ReadonlyArray<readonly [Sample, Sample]>> {
	// Not counted: the first run reads the file.
	await sampleEngine(engine);
	await samplePlain(plain);
	const samples: Array<readonly [Sample, Sample]> = [];
	for (let pair = 0; pair < pairs; pair++) {
		/* eslint-disable no-await-in-loop -- Both at once would measure each other. */
		if (pair % 2 === 0) {
			const ours = await sampleEngine(engine);
			samples.push([ours, await samplePlain(plain)]);
		} else {
			const theirs = await samplePlain(plain);
			samples.push([await sampleEngine(engine), theirs]);
		}
		/* eslint-enable no-await-in-loop */
	}

	return samples;
}

function toTable(samples: ReadonlyArray<readonly [Sample, Sample]>): string {
	const lines = rows.map(row => {
		const ours = spreadOf(samples.map(([engine]) => engine[row]));
		const theirs = spreadOf(samples.map(([, plain]) => plain[row]));
		const ratio = spreadOf(samples.map(([engine, plain]) => engine[row] / plain[row]));
		return [row, ours.median.toFixed(1), theirs.median.toFixed(1), ratio.median.toFixed(3), `${ratio.minimum.toFixed(2)}–${ratio.maximum.toFixed(2)}`];
	});
	return [['tokens/s', 'engine', 'plain loop', 'ratio', 'range'], ['---', '---:', '---:', '---:', '---:'], ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'remuda-bench-'));
const engine = createEngine({
	settings: () => ({
		contextSize, gpu: 'off', sandbox: 'auto', threads,
	}),
});
try {
	const modelPath = path.join(folder, 'random.gguf');
	await makeRandomModel(modelPath);
	await engine.load(installedModel(modelPath, {id: 'random', name: 'random weights'}), {signal});
	const plain = await loadPlainLoop(modelPath, {threads, contextSize});
	const {kind} = await engine.sandbox();
	const samples = await samplePairs(engine, plain);
	await plain.dispose();
	process.stdout.write(`${os.cpus()[0]?.model ?? 'CPU'}, ${threads} threads, prompt ${promptTokens}, generated ${generatedTokens}, ${pairs} pairs, sandbox ${kind}\n\n${toTable(samples)}\n`);
} finally {
	await engine.close();
	await rm(folder, {recursive: true, force: true});
}
