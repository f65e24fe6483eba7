// What the estimate of memory says against what the engine host takes, for models with random weights; see README.md.
import {
	mkdtemp,
	readFile,
	rm,
	writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {readCpu} from '../../source/services/hardware/read-cpu.js';
import {type KvCacheType} from '../../source/types/load-plan.js';
import {writeRandomModel} from '../../test/helpers/random-model/write-random-model.js';
import {type RandomModelShape} from '../../test/helpers/random-model/shape.js';
import {measureFit} from '../../test/helpers/measure-fit.js';
import {shapes} from './shapes.js';
import {formatReport, type FitRow} from './report.js';

const {values} = parseArgs({
	options: {
		only: {type: 'string', default: ''},
		program: {type: 'string', default: fileURLToPath(new URL('../../distribution', import.meta.url))},
		write: {type: 'boolean', default: false},
	},
});
const program = path.resolve(values.program);
const contexts = [512, 2048, 8192] as const;
const cacheTypes: readonly KvCacheType[] = ['f16', 'q8_0'];
const {instructionSets, model} = await readCpu();

/**
Without flash attention the compute buffer grows with the tokens in the context, so there it is filled; else one full batch touches all of it.
*/
function promptTokensOf({architecture}: RandomModelShape, contextSize: number): number {
	return hasFlashAttention(architecture) ? Math.min(512, contextSize - 8) : contextSize - 8;
}

/**
Of those here, only latent attention goes without it; its cache then stays in f16, and a load with another one is refused.
*/
function hasFlashAttention(architecture: RandomModelShape['architecture']): boolean {
	return architecture !== 'deepseek2';
}

async function measureShape(name: string, shape: RandomModelShape, folder: string): Promise<FitRow> {
	const modelPath = path.join(folder, 'random.gguf');
	const sizeBytes = await writeRandomModel(modelPath, shape);
	const samples = [];
	/* eslint-disable no-await-in-loop -- Two at once would run out of cores. */
	for (const contextSize of contexts) {
		for (const kvCacheType of hasFlashAttention(shape.architecture) ? cacheTypes : cacheTypes.slice(0, 1)) {
			samples.push({
				contextSize, kvCacheType, memoryMap: true, ...await measureFit(modelPath, {
					contextSize, kvCacheType, promptTokens: promptTokensOf(shape, contextSize),
				}, {program, instructionSets}),
			});
		}
	}
	/* eslint-enable no-await-in-loop */

	samples.push({
		contextSize: 2048, kvCacheType: 'f16', memoryMap: false, ...await measureFit(modelPath, {
			contextSize: 2048, kvCacheType: 'f16', memoryMap: false, promptTokens: promptTokensOf(shape, 2048),
		}, {program, instructionSets}),
	} as const);
	return {name, sizeBytes, samples};
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'remuda-bench-'));
const chosen = Object.entries(shapes).filter(([name]) => name.includes(values.only));
if (chosen.length === 0) {
	throw new Error(`No model is called “${values.only}”; there are ${Object.keys(shapes).join('; ')}.`);
}

const rows: FitRow[] = [];
try {
	for (const [name, shape] of chosen) {
		// eslint-disable-next-line no-await-in-loop -- One after the other.
		rows.push(await measureShape(name, shape, folder));
		process.stderr.write(`${name}\n`);
	}
} finally {
	await rm(folder, {recursive: true});
}

const circumstances = `${new Date().toISOString().slice(0, 10)}, ${os.availableParallelism()} cores of ${model} (${instructionSets.join(' ')}), ${process.platform} ${process.arch}, Node ${process.versions.node}, no GPU used; all rows of one run.`;
const report = formatReport(rows, circumstances);
process.stdout.write(`${report}\n`);
if (values.write) {
	const readme = fileURLToPath(new URL('README.md', import.meta.url));
	const text = await readFile(readme, 'utf8');
	await writeFile(readme, text.replace(/(?<=<!-- figures -->\n).*(?=\n<!-- end -->)/sv, () => `\n${report}\n`));
}
