import {formatBytes} from '../format/bytes.js';
import {formatInteger} from '../format/number.js';
import {wrapCells} from '../format/wrap.js';
import {type MemoryLine, type MemoryNeed} from '../types/fit.js';
import {type PlanFinding} from '../types/load-plan.js';
import {type PlanJudgement} from '../types/plan-judgement.js';
import {type SpeedEstimate, type SpeedRange} from '../types/speed.js';
import {measuredFields} from './speed-text.js';
import {formatFields} from './table.js';

// Of the prompt that the time to the first token is told for.
const promptTokens = 512;

/**
What a plan comes to, as paragraphs: the verdict, the sum, the speed and where it comes from, and what is wrong or would help.
*/
export function formatJudgement({verdict, findings, warnings}: PlanJudgement, width: number | undefined): readonly string[] {
	const {need, speed, advice, marginBytes, wantedContextLength} = verdict;
	return [
		formatLines([verdict.reason], width),
		formatNeed(need, marginBytes),
		...(speed === undefined ? [] : [formatSpeed(speed, Math.min(promptTokens, wantedContextLength)), formatList(speed.explanation, width)]),
		formatList([...new Set([...findings.map(finding => findingInWords(finding)), ...warnings, ...advice])], width),
	].filter(part => part !== '');
}

/**
The sum line by line, and what is kept free beside it.
*/
export function formatNeed(need: MemoryNeed, marginBytes: number): string {
	const hasBothPlaces = need.gpuBytes > 0;
	return formatFields([
		...need.lines.map(line => [lineLabel(line), `${formatBytes(line.bytes)}${hasBothPlaces ? (line.place === 'gpu' ? ' on the GPU' : ' in memory') : ''}`] as const),
		['in all', `${need.approximate ? 'about ' : ''}${formatBytes(need.totalBytes)}${need.correction === undefined ? '' : `; ${formatBytes(need.correction.uncorrectedBytes)} before ${need.correction.loads === 1 ? 'a load' : `${need.correction.loads} loads`} on this machine corrected it`}`],
		['kept free', formatBytes(marginBytes)],
		['file cache', need.reclaimableBytes === 0 ? undefined : `${formatBytes(need.reclaimableBytes)} more, which the process shows and gives back when others need it`],
	]);
}

function formatSpeed(speed: SpeedEstimate, tokens: number): string {
	return formatFields([
		...measuredFields(speed),
		['generation', `${rangeInWords(speed.generationTokensPerSecond)} tokens/s`],
		['prompt', `${rangeInWords(speed.promptTokensPerSecond)} tokens/s`],
		['first token', `after ${rangeInWords(inSeconds(speed.timeToFirstTokenMs))} s, with a prompt of ${formatInteger(tokens)} tokens`],
	]);
}

function findingInWords({severity, message, suggestion}: PlanFinding): string {
	return `${severity === 'error' ? 'Error: ' : ''}${message} ${suggestion}`;
}

/**
Sentences under each other, each with a dash; empty for none. Without a `width` nothing is broken, so that a pipe gets whole lines.
*/
export function formatList(sentences: readonly string[], width: number | undefined): string {
	return sentences.flatMap(sentence => wrapped(sentence, width, 2).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)).join('\n');
}

/**
Sentences under each other, as wide as the terminal.
*/
export function formatLines(sentences: readonly string[], width: number | undefined): string {
	return sentences.flatMap(sentence => wrapped(sentence, width, 0)).join('\n');
}

/**
The lines of a sentence that something of so many cells stands before.
*/
export function wrapped(sentence: string, width: number | undefined, before: number): readonly string[] {
	return width === undefined ? [sentence] : wrapCells(sentence, Math.max(20, width - before));
}

function lineLabel({label, part}: MemoryLine): string {
	return part === 'engine' && label === 'engine' ? 'engine and its vocabulary' : label;
}

function inSeconds({expected, low, high}: SpeedRange): SpeedRange {
	return {expected: expected / 1000, low: low / 1000, high: high / 1000};
}

/**
`12 (9.4 to 15)`.
*/
export function rangeInWords({expected, low, high}: SpeedRange): string {
	const format = (value: number): string => value < 10 ? value.toPrecision(2) : formatInteger(Math.round(value));
	return `${format(expected)} (${format(low)} to ${format(high)})`;
}
