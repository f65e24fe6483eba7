// Estimates three models on this machine, measures them, and estimates them again with what was measured; see README.md.
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {createServices} from '../../source/services/create-services.js';
import {calibrationOf} from '../../source/services/load-plans/machine-calibration.js';
import {estimateSubject} from '../../source/services/load-plans/plan-speed.js';
import {type Services} from '../../source/services/services.js';
import {type BenchmarkRun} from '../../source/types/benchmark.js';
import {type HardwareReport} from '../../source/types/hardware.js';
import {type RandomModelShape} from '../../test/helpers/random-model/shape.js';
import {writeRandomModel} from '../../test/helpers/random-model/write-random-model.js';

const {values} = parseArgs({options: {iterations: {type: 'string', default: '5'}, prompt: {type: 'string', default: '512'}, generate: {type: 'string', default: '64'}}});
const [iterations, promptTokens, generatedTokens] = [values.iterations, values.prompt, values.generate].map(Number) as [number, number, number];
const {signal} = new AbortController();

const usual = {
	architecture: 'llama', contextLength: 4096, vocabularySize: 32_000, tiedEmbeddings: true,
} as const;

const shapes: Readonly<Record<string, RandomModelShape>> = {
	'random Q8_0': {
		...usual, type: 'Q8_0', blockCount: 16, embeddingLength: 1024, feedForwardLength: 3072, headCount: 16, headCountKv: 4,
	},
	'random Q4_K': {
		...usual, type: 'Q4_K', blockCount: 24, embeddingLength: 1536, feedForwardLength: 4096, headCount: 24, headCountKv: 8,
	},
};

type Measured = {readonly name: string; readonly first: BenchmarkRun; readonly second: BenchmarkRun};

type Figure = 'generationTokensPerSecond' | 'promptTokensPerSecond';

async function writeModels(folder: string): Promise<ReadonlyArray<readonly [name: string, reference: string]>> {
	const written = await Promise.all(Object.entries(shapes).map(async ([name, shape], index) => {
		const file = path.join(folder, `model-${index}.gguf`);
		const size = await writeRandomModel(file, shape);
		return [`${name}, ${Math.round(size / 1e6)} MB`, file] as const;
	}));
	return [['starter', 'starter'], ...written];
}

/**
Every model once, then every model again, so that what else the machine does spoils both rounds alike.
*/
async function measureTwice(services: Services, models: ReadonlyArray<readonly [name: string, reference: string]>): Promise<readonly Measured[]> {
	const rounds: BenchmarkRun[][] = [];
	for (const round of [1, 2]) {
		const runs: BenchmarkRun[] = [];
		for (const [name, reference] of models) {
			process.stderr.write(`round ${round}: ${name}\n`);
			/* eslint-disable no-await-in-loop -- Two at once would measure each other. */
			const {id} = await services.inventory.find(reference);
			runs.push(await services.benchmarks.run({
				modelId: id, iterations, promptTokens, generatedTokens,
			}, {signal}));
			/* eslint-enable no-await-in-loop */
		}

		rounds.push(runs);
	}

	return models.map(([name], index) => ({name, first: rounds[0]![index]!, second: rounds[1]![index]!}));
}

/**
What is expected of the second round, by what the first one measured of some models.
*/
function rowsOf(measured: readonly Measured[], figure: Figure, machine: HardwareReport): readonly string[] {
	return measured.map(({name, first, second}) => {
		const others = measured.filter(other => other.first !== first).map(other => other.first);
		const shown = second[figure].median;
		const estimated = [[], others, [first, ...others]].map(history => estimateSubject(second.subject!, second.modelId, {machine, calibration: calibrationOf(history, [], machine)})[figure]);
		return `| ${[name, rounded(shown), ...estimated.map(({expected, low, high}) => `${rounded(expected)} (${rounded(low)}–${rounded(high)}), ${percent((expected / shown) - 1)}`)].join(' | ')} |`;
	});
}

function rounded(value: number): string {
	return value < 100 ? value.toPrecision(3) : String(Math.round(value));
}

function percent(error: number): string {
	return `${error < 0 ? '−' : '+'}${Math.abs(error * 100).toFixed(0)} %`;
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'remuda-bench-'));
const services = await createServices({environment: {...process.env, REMUDA_HOME: path.join(folder, 'home')}, downloads: 'in-process'});
try {
	await services.hardware.bandwidth({signal});
	const measured = await measureTwice(services, await writeModels(folder));
	// If it was busy before, once more: the faster one counts.
	const memoryBandwidth = await services.hardware.bandwidth({signal});
	const machine = {...await services.hardware.probe({signal}), memoryBandwidth};
	const {threads, device} = measured[0]!.first;
	const bandwidth = `${(memoryBandwidth.bytesPerSecond / 1e9).toFixed(1)} GB/s of memory measured${memoryBandwidth.whileBusy === true ? ' while busy' : ''}`;
	process.stdout.write(`${device}, ${threads} threads, ${bandwidth}; prompt ${promptTokens}, generated ${generatedTokens}, medians of ${iterations}.\n`);
	for (const [title, figure] of [['generation', 'generationTokensPerSecond'], ['prompt', 'promptTokensPerSecond']] as const) {
		const head = `| ${title}, tokens/s | measured | estimated before | by benchmarks of the two others | and of itself |\n| --- | ---: | ---: | ---: | ---: |`;
		process.stdout.write(`\n${head}\n${rowsOf(measured, figure, machine).join('\n')}\n`);
	}
} finally {
	await services.close();
	await rm(folder, {recursive: true});
}
