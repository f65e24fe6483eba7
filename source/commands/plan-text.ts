import {formatBytes} from '../format/bytes.js';
import {formatAge, formatDuration} from '../format/duration.js';
import {formatInteger} from '../format/number.js';
import {type MemoryMeasurement} from '../types/fit.js';
import {type LoadPlan, type StoredPlan} from '../types/load-plan.js';
import {type OptimizedPlan, type PlanJudgement} from '../types/plan-judgement.js';
import {type SpeedRange} from '../types/speed.js';
import {formatFields, formatTable} from './table.js';

const labels: ReadonlyArray<readonly [keyof LoadPlan, string]> = [
	['contextSize', 'Context'],
	['gpuLayers', 'GPU layers'],
	['threads', 'Threads'],
	['batchSize', 'Batch'],
	['kvCacheType', 'KV cache'],
	['flashAttention', 'Flash attention'],
	['memoryMap', 'Memory map'],
	['memoryLock', 'Memory lock'],
	['expertLayersInMemory', 'Experts in memory'],
];

/**
A plan that was worked out, with what it comes to and why.
*/
export function formatOptimized(optimized: OptimizedPlan, {width}: {readonly width: number | undefined}): string {
	const {plan, reasons, recommendations} = optimized;
	return [
		formatTable(
			[{title: 'SETTING'}, {title: 'VALUE'}, {title: 'WHY', minimumWidth: 20}],
			labels.filter(([field]) => field !== 'expertLayersInMemory' || plan.expertLayersInMemory > 0).map(([field, label]) => [label, valueInWords(field, plan), reasons[field]]),
			width,
		),
		formatJudgement(optimized),
		list('Recommended', recommendations),
	].filter(part => part !== '').join('\n\n');
}

/**
A plan that is kept, with what it comes to now.
*/
export function formatStored({plan, goal, savedAt}: StoredPlan, judgement: PlanJudgement, measurements: readonly MemoryMeasurement[]): string {
	const latest = measurements.at(-1);
	return [
		`For ${goal}, stored ${formatAge(savedAt, Date.now())}.`,
		formatFields(labels.map(([field, label]) => [label, valueInWords(field, plan)])),
		formatJudgement(judgement),
		...(latest === undefined ? [] : [`When it was last loaded, at ${formatInteger(latest.plan.contextSize)} tokens, ${formatBytes(latest.estimatedBytes)} were expected and ${formatBytes(latest.measuredBytes)} used.`]),
	].filter(part => part !== '').join('\n\n');
}

function formatJudgement({verdict, findings, warnings}: PlanJudgement): string {
	const {speed, need} = verdict;
	return [
		verdict.reason,
		formatFields([
			...need.lines.map(({label, bytes, place}) => [label, `${formatBytes(bytes)}${place === 'gpu' ? ' on the GPU' : ''}`] as const),
			['speed', speed && `${rangeInWords(speed.generationTokensPerSecond)} tokens a second; prompts ${rangeInWords(speed.promptTokensPerSecond)}`],
			['first token', speed && `after ${timeInWords(speed.timeToFirstTokenMs.expected)} with a prompt of 512 tokens`],
		]),
		list('Warnings', [
			...findings.map(({severity, message, suggestion}) => `${severity === 'error' ? 'Wrong: ' : ''}${message} ${suggestion}`),
			...warnings,
		]),
	].filter(part => part !== '').join('\n\n');
}

function list(title: string, sentences: readonly string[]): string {
	return sentences.length === 0 ? '' : [title, ...sentences.map(sentence => `  - ${sentence}`)].join('\n');
}

function valueInWords(field: keyof LoadPlan, plan: LoadPlan): string {
	const value = plan[field];
	if (typeof value === 'boolean') {
		return value ? 'on' : 'off';
	}

	const text = typeof value === 'number' ? formatInteger(value) : value;
	return field === 'contextSize' || field === 'batchSize' ? `${text} tokens` : text;
}

function rangeInWords({expected, low, high}: SpeedRange): string {
	return `${figure(expected)} (${figure(low)}–${figure(high)})`;
}

function figure(value: number): string {
	return value >= 100 ? formatInteger(Math.round(value)) : value.toFixed(1);
}

function timeInWords(milliseconds: number): string {
	return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : formatDuration(milliseconds / 1000);
}
