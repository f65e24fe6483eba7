import {formatBytes} from '../../format/bytes.js';
import {formatInteger} from '../../format/number.js';
import {formatSpeed, formatTokensPerSecond, formatWait} from '../../format/speed.js';
import {type BenchmarkRun} from '../../types/benchmark.js';
import {
	type FitVerdict,
	type MemoryMeasurement,
	type MemoryNeed,
	type MemoryPlace,
} from '../../types/fit.js';
import {type GpuReport, type HardwareReport} from '../../types/hardware.js';
import {type SpeedEstimate} from '../../types/speed.js';
import {type AppState} from '../state.js';
import {fitLabels} from './fit-words.js';
import {selectFitRow, shownMachine, type FitRow} from './hardware.js';
import {memoize} from './memoize.js';
import {planInWords} from './plan-fields.js';
import {type StyledLine, wrapped, wrappedFacts} from './styled-lines.js';

/**
All that is known of the selected model on the machine that is shown: the verdict, the sum behind it place by place, how fast and why, what would help, and the plan it is loaded with.
*/
export function fitDetails(state: Pick<AppState, 'hardware' | 'registry' | 'library' | 'plans' | 'bench'>, width: number): readonly StyledLine[] {
	const row = selectFitRow(state);
	const machine = shownMachine(state.hardware);
	return row && machine ? detailsOf(row, machine.report, state.plans, state.bench.runs, width) : [];
}

const detailsOf = memoize((row: FitRow, report: HardwareReport, {stored, measurements}: AppState['plans'], runs: readonly BenchmarkRun[], width: number): readonly StyledLine[] => {
	const {modelId, name, verdict, isInstalled, isRecommended} = row;
	const {color, text} = fitLabels[verdict.level];
	return [
		[{text: name, isBold: true}, {text: `${isInstalled ? ' · installed' : ''}${isRecommended ? ' · recommended' : ''}`, color: 'accent'}],
		...wrapped(`${text.slice(0, 1)} ${verdict.reason}`, width, {color}),
		...adviceLines(verdict, width),
		[],
		...sumLines(verdict, report, width),
		...learntLines(verdict, report.simulated ? [] : measurements.get(modelId) ?? [], width),
		[],
		...speedLines(verdict.speed, width),
		...benchmarkLines(report.simulated ? undefined : runs.find(run => run.modelId === modelId), width),
		[],
		...planLines(stored.get(modelId)?.plan, isInstalled, width),
	];
});

function adviceLines({advice, streamable}: FitVerdict, width: number): readonly StyledLine[] {
	return [...advice, ...(streamable ? [streamable.cost] : [])].flatMap(sentence => indented(wrapped(sentence, width - 2), '→ '));
}

function indented(lines: readonly StyledLine[], mark = '  '): readonly StyledLine[] {
	return lines.map((line, index) => [index === 0 ? mark : ' '.repeat(mark.length), ...line]);
}

const places: ReadonlyArray<readonly [MemoryPlace, string]> = [['gpu', 'on the GPU'], ['memory', 'in memory']];

function sumLines({need, marginBytes, shortBytes, level}: FitVerdict, {memory, gpus}: HardwareReport, width: number): readonly StyledLine[] {
	const column = Math.min(width - 10, 40);
	const figure = (label: string, bytes: number, isBold = false): StyledLine => [{text: label.padEnd(column).slice(0, column), color: isBold ? undefined : 'muted'}, {text: formatBytes(bytes).padStart(9), isBold}];
	const free: Readonly<Record<MemoryPlace, number>> = {gpu: vramFreeBytes(gpus), memory: memory.availableBytes};
	const groups = places
		.map(([place, title]) => ({title, freeBytes: free[place], lines: need.lines.filter(line => line.place === place)}))
		.filter(({lines}) => lines.length > 0)
		.map(group => ({...group, bytes: group.lines.reduce((sum, {bytes}) => sum + bytes, 0)}));
	return [
		...groups.flatMap(({title, lines, bytes, freeBytes}): readonly StyledLine[] => [
			figure(title, bytes, true),
			...lines.map(line => figure(`  ${line.label}`, line.bytes)),
			freeBytes >= bytes ? figure(`  left of ${formatBytes(freeBytes)} free`, freeBytes - bytes) : figure(`  missing from ${formatBytes(freeBytes)} free`, bytes - freeBytes),
		]),
		figure(need.approximate ? 'in all, by a rule of thumb' : 'in all', need.totalBytes, true),
		figure('margin kept free for others', marginBytes),
		...(level === 'none' ? [figure('missing', shortBytes, true)] : []),
	];
}

/**
Of all GPUs together; of one that shares the main memory what it may take of that.
*/
function vramFreeBytes(gpus: readonly GpuReport[]): number {
	return gpus.reduce((sum, {vramFreeBytes: free, vramTotalBytes = 0, sharedMemoryBytes = 0}) => sum + (free ?? vramTotalBytes) + sharedMemoryBytes, 0);
}

/**
What earlier loads on this machine have to say of the estimate.
*/
function learntLines({need: {correction, totalBytes}}: FitVerdict, measurements: readonly MemoryMeasurement[], width: number): readonly StyledLine[] {
	const latest = measurements.at(-1);
	return [
		...(correction === undefined ? [] : wrapped(correctionWords(correction, totalBytes), width, {color: 'muted'})),
		...(latest === undefined ? [] : wrapped(`Measured when it was loaded last, with ${formatInteger(latest.plan.contextSize)} tokens: ${measuredWords(latest)}.`, width, {color: 'accent'})),
	];
}

function correctionWords({uncorrectedBytes, factor, loads}: NonNullable<MemoryNeed['correction']>, totalBytes: number): string {
	const change = totalBytes - uncorrectedBytes;
	return `After ${loads === 1 ? 'one load' : `${loads} loads`} on this machine all but the weights counts ${factor.toFixed(2)} times: ${formatBytes(Math.abs(change))} ${change < 0 ? 'less' : 'more'}.`;
}

function measuredWords({measuredBytes, estimatedBytes, measuredVramBytes, estimatedVramBytes}: MemoryMeasurement): string {
	const beside = (measured: number, estimated: number) => `${formatBytes(measured)}, ${formatBytes(estimated)} estimated (${signed((estimated / measured) - 1)})`;
	return [
		beside(measuredBytes, estimatedBytes),
		...(measuredVramBytes === undefined || estimatedVramBytes === undefined ? [] : [`on the GPU ${beside(measuredVramBytes, estimatedVramBytes)}`]),
	].join('; ');
}

function signed(share: number): string {
	const percent = Math.round(share * 100);
	return `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
}

function speedLines(speed: SpeedEstimate | undefined, width: number): readonly StyledLine[] {
	if (!speed) {
		return [];
	}

	const {generationTokensPerSecond, promptTokensPerSecond, timeToFirstTokenMs, explanation} = speed;
	return [
		[{text: `${formatSpeed(generationTokensPerSecond)} tokens/s`, isBold: true}, {text: width < 64 ? ' expected' : ' expected; four of five measurements fall into the band', color: 'muted'}],
		...wrappedFacts([`reads a prompt at ${formatSpeed(promptTokensPerSecond)} tokens/s`, `first token after ${formatWait(timeToFirstTokenMs.expected)} with 512 tokens of prompt`], width),
		...explanation.flatMap(sentence => wrapped(sentence, width, {color: 'muted'})),
	];
}

/**
How fast it was when it was measured last, beside what is expected.
*/
function benchmarkLines(run: BenchmarkRun | undefined, width: number): readonly StyledLine[] {
	return run === undefined
		? []
		: wrapped(`Its last benchmark here, on ${run.startedAt.slice(0, 10)}: ${formatTokensPerSecond(run.generationTokensPerSecond.median)} tokens/s, prompts at ${formatTokensPerSecond(run.promptTokensPerSecond.median)}.`, width, {color: 'accent'});
}

function planLines(stored: Parameters<typeof planInWords>[0] | undefined, isInstalled: boolean, width: number): readonly StyledLine[] {
	return stored === undefined
		? wrapped(isInstalled ? 'It is loaded as Remuda loads by itself. o shows a plan for it, to be changed and kept.' : 'o shows the load plan that Remuda would make for it.', width, {color: 'muted'})
		: [[{text: 'Its stored plan', isBold: true}, {text: ', for chat, run and bench (o changes it):', color: 'muted'}], ...wrappedFacts(planInWords(stored), width)];
}
