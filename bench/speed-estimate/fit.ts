// Fits the constants to a file of measurements, with figures for hardware left out of the fit; --write keeps the result; see README.md.
import {readFile, writeFile} from 'node:fs/promises';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {crossValidate} from './cross-validate.js';
import {caseOf, fitConstants} from './fit-constants.js';
import {hashOf} from './fitted-records.js';
import {reportLines} from './report.js';
import {readRecords} from './records.js';
import {spreadsOf} from './spreads.js';

const {values, positionals} = parseArgs({allowPositionals: true, options: {write: {type: 'boolean', default: false}, worst: {type: 'string', default: '0'}}});
const [file] = positionals;
if (file === undefined) {
	throw new Error('usage: node --import tsx bench/speed-estimate/fit.ts FILE [--write] [--worst N]');
}

const records = await readRecords(file);
const cases = records
	.filter(({scoreEligible, generationTokensPerSecond, activeBytes}) => scoreEligible !== false && generationTokensPerSecond !== undefined && activeBytes !== undefined)
	.map(record => caseOf(record));
const constants = fitConstants(cases);
const {generation, prompt, bands} = crossValidate(cases, constants);
process.stdout.write(`Generation, each hardware predicted from the others:\n${reportLines(generation).join('\n')}\n\n`);
process.stdout.write(`Prompt:\n${reportLines(prompt).join('\n')}\n`);
const worst = generation
	.map(({one, predicted, measured}) => ({one, logarithm: Math.log(predicted / measured)}))
	.toSorted((a, b) => Math.abs(b.logarithm) - Math.abs(a.logarithm))
	.slice(0, Number(values.worst));
for (const {one, logarithm} of worst) {
	const {hardware, model, quant, placement, generationTokensPerSecond} = one.record;
	process.stdout.write(`${logarithm.toFixed(2).padStart(6)}  ${hardware.key}  ${model.name}  ${quant}  ${placement}  ${generationTokensPerSecond}\n`);
}

if (values.write) {
	const target = new URL('../../source/services/hardware/speed/data/calibration.json', import.meta.url);
	const rounded = (figures: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(4))]));
	const {note} = JSON.parse(await readFile(target, 'utf8')) as {note: string};
	const spreads = {generation: rounded(spreadsOf(generation)), prompt: rounded(spreadsOf(prompt))};
	const kept = {
		note, constants: rounded(constants), bands: rounded(bands), spreads,
	};
	await writeFile(target, `${JSON.stringify(kept, undefined, '\t')}\n`);
	const hashes = cases.map(({record}) => hashOf(record)).toSorted();
	await writeFile(new URL('fitted-records.json', import.meta.url), `${JSON.stringify({hashes})}\n`);
}
