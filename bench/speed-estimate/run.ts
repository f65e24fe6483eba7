// How far the estimator is from a file of measured speeds, or what it predicts for it; see README.md.
import process from 'node:process';
import {parseArgs} from 'node:util';
import {estimateSpeed} from '../../source/services/hardware/speed/estimate-speed.js';
import {caseOf, isPromptMeasured} from './fit-constants.js';
import {countFitted} from './fitted-records.js';
import {readRecords, type MeasuredRecord} from './records.js';
import {reportLines, type Prediction} from './report.js';
import {subjectOf} from './subject-of-record.js';

const usage = 'usage: npm run --silent bench:speed-estimate -- FILE [--predictions] [--all]';

function estimateOf(record: MeasuredRecord) {
	const {machine, model, plan} = subjectOf(record);
	return estimateSpeed(machine, model, plan);
}

function printPredictions(records: readonly MeasuredRecord[]): void {
	for (const record of records) {
		const {expected, low, high} = estimateOf(record).generationTokensPerSecond;
		process.stdout.write(`${JSON.stringify({
			id: record.id, generation_tokens_per_second: rounded(expected), low: rounded(low), high: rounded(high),
		})}\n`);
	}
}

function rounded(value: number): number {
	return Number(value.toPrecision(6));
}

function printReport(records: readonly MeasuredRecord[], isEverything: boolean): void {
	const judged = records.filter(({scoreEligible, generationTokensPerSecond}) => generationTokensPerSecond !== undefined && (isEverything || scoreEligible !== false));
	if (judged.length === 0) {
		throw new Error('no record with a measured generation speed; --predictions needs none');
	}

	const generation = judged.map((record): Prediction => {
		const {expected, low, high} = estimateOf(record).generationTokensPerSecond;
		return {
			one: caseOf(record), predicted: expected, measured: record.generationTokensPerSecond!, low, high,
		};
	});
	const prompt = judged.filter(record => isPromptMeasured(caseOf(record))).map((record): Prediction => {
		const {expected, low, high} = estimateOf(record).promptTokensPerSecond;
		return {
			one: caseOf(record), predicted: expected, measured: record.promptTokensPerSecond!, low, high,
		};
	});
	const left = records.length - judged.length;
	const note = left > 0 ? ` (${left} of ${records.length} records not judged: not measured, or marked as not fit for it)` : '';
	const known = countFitted(records);
	if (known > 0) {
		process.stdout.write(`The constants were fitted to ${known} of these ${records.length} records, so that the figures flatter; fit.ts predicts each hardware from the others.\n\n`);
	}

	process.stdout.write(`Generation, absolute percentage error${note}:\n${reportLines(generation).join('\n')}\n`);
	if (prompt.length > 0) {
		process.stdout.write(`\nPrompt:\n${reportLines(prompt).join('\n')}\n`);
	}
}

// A reader such as head may have seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') {
		throw error;
	}
});

try {
	const {values, positionals} = parseArgs({allowPositionals: true, options: {predictions: {type: 'boolean', default: false}, all: {type: 'boolean', default: false}}});
	const [file, ...more] = positionals;
	if (file === undefined || more.length > 0) {
		throw new Error(usage);
	}

	const records = await readRecords(file);
	if (values.predictions) {
		printPredictions(records);
	} else {
		printReport(records, values.all);
	}
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
