import {formatBytes} from '../format/bytes.js';
import {benchNumbers, boundsOf} from '../format/setting-numbers.js';
import {type BenchmarkProgress, type BenchmarkRun, type Spread} from '../types/benchmark.js';
import {takeArguments} from './arguments.js';
import {type Command, type CommandContext} from './command.js';
import {integerFlag} from './flags.js';
import {runJob} from './job.js';
import {measureBandwidth} from './measure-bandwidth.js';
import {benchmarkRecord} from './measurement-records.js';
import {planFlags, readPlanFlags} from './plan-flags.js';
import {formatTable} from './table.js';
import {createThrottle} from './throttle.js';

export const command: Command = {
	usage: ['bench REF... [--iterations N] [FLAGS]'],
	description: 'One warm-up, then N counted iterations; figures are medians, beside the generation that was estimated before, with its error. The model is loaded by the plan stored for it, with what flags change. Results are kept and shown in the bench tab.',
	flags: {
		iterations: {type: 'string', placeholder: 'N', description: `Counted iterations, ${boundsOf(benchNumbers.iterations)}`},
		promptTokens: {type: 'string', placeholder: 'N', description: `Tokens of the prompt, ${boundsOf(benchNumbers.prompt_tokens)}`},
		generatedTokens: {type: 'string', placeholder: 'N', description: `Tokens to generate, ${boundsOf(benchNumbers.generated_tokens)}`},
		...planFlags,
	},
	examples: ['bench starter', 'bench starter qwen2.5-coder-3b-q4 --iterations 3 --json'],
	exitCodes: {3: 'no such model is installed', 7: 'the model does not fit in memory'},
	async run(context) {
		const references = takeArguments(context, {name: 'a model reference', minimum: 1});
		const {inventory, benchmarks, config} = await context.services();
		const defaults = config.current().bench;
		const request = {
			iterations: integerFlag(context.flags, 'iterations', benchNumbers.iterations) ?? defaults.iterations,
			promptTokens: integerFlag(context.flags, 'promptTokens', benchNumbers.prompt_tokens) ?? defaults.promptTokens,
			generatedTokens: integerFlag(context.flags, 'generatedTokens', benchNumbers.generated_tokens) ?? defaults.generatedTokens,
		};
		const explicit = readPlanFlags(context.flags);
		// All are found before the first is measured.
		const models = await Promise.all(references.map(async reference => inventory.find(reference)));
		await measureBandwidth(context);
		const runs: BenchmarkRun[] = [];
		for (const {id} of models) {
			// One at a time, or they would slow each other down.
			// eslint-disable-next-line no-await-in-loop
			await runJob(context, {model: id}, async () => {
				const run = await benchmarks.run({modelId: id, ...request}, {
					signal: context.signal,
					plan: {explicit},
					onProgress: follow(context, id),
					onNotice(sentence) {
						context.output.notice(sentence);
						context.output.event({type: 'notice', model: id, text: sentence});
					},
				});
				runs.push(run);
				return benchmarkRecord(run);
			});
		}

		context.output.progress.clear();
		context.output.text(`${format(runs, context.output.width)}\n`);
	},
};

function follow({output}: CommandContext, id: string): (progress: BenchmarkProgress) => void {
	const isDue = createThrottle(500);
	return ({phase, completed, iterations, generatedTokens}) => {
		if (!isDue()) {
			return;
		}

		output.event({
			type: 'progress', model: id, phase, completed, iterations, generatedTokens,
		});
		output.progress.show([`${id}  ${phase === 'measuring' ? `measuring ${completed + 1} of ${iterations}` : phase}  ${generatedTokens} tokens`]);
	};
}

function format(runs: readonly BenchmarkRun[], width: number | undefined): string {
	return formatTable(
		[
			{title: 'MODEL'},
			{title: 'QUANT'},
			{title: 'PROMPT', align: 'right'},
			{title: 'GENERATION', align: 'right'},
			{title: 'ESTIMATED', align: 'right'},
			{title: 'FIRST TOKEN', align: 'right'},
			{title: 'BETWEEN TOKENS', align: 'right'},
			{title: 'PEAK MEMORY', align: 'right'},
		],
		runs.map(run => [
			run.modelId,
			run.quantization,
			`${spread(run.promptTokensPerSecond, 1)} tok/s`,
			`${spread(run.generationTokensPerSecond, 1)} tok/s`,
			run.estimate === undefined ? '–' : estimateInWords(run.estimate.generationTokensPerSecond.expected, run.generationTokensPerSecond.median),
			`${spread(run.timeToFirstTokenMs, 1)} ms`,
			`${spread(run.interTokenLatencyMs, 2)} ms`,
			formatBytes(run.peakMemoryBytes),
		]),
		width,
	);
}

/**
`62.0, +14 %`: what was expected, and how far that is from what was measured.
*/
function estimateInWords(expected: number, measured: number): string {
	const error = Math.round(((expected / measured) - 1) * 100);
	return `${expected.toFixed(1)}, ${error < 0 ? '−' : '+'}${Math.abs(error)} %`;
}

function spread({median, standardDeviation}: Spread, digits: number): string {
	return `${median.toFixed(digits)} ± ${standardDeviation.toFixed(digits)}`;
}
