import {formatBytes} from '../format/bytes.js';
import {formatInteger} from '../format/number.js';
import {type FitVerdict, type MemoryLine} from '../types/fit.js';
import {type HardwareReport} from '../types/hardware.js';
import {type SpeedRange} from '../types/speed.js';
import {type JudgedModel} from './fit.js';
import {formatFields, formatTable} from './table.js';

/**
One model in full, several as a table.
*/
export function formatFits(judged: readonly JudgedModel[], {machine, width}: {readonly machine: HardwareReport | undefined; readonly width: number | undefined}): string {
	const on = machine?.simulated === undefined ? [] : [`On ${machine.simulated.description}.`, ...machine.simulated.assumptions];
	const body = judged.length === 1
		? formatOne(judged[0]!)
		: formatTable(
			[{title: 'MODEL'}, {title: 'FIT'}, {title: 'NEEDS', align: 'right'}, {title: 'ON GPU', align: 'right'}, {title: 'CONTEXT', align: 'right'}, {title: 'TOKENS/S', align: 'right'}],
			judged.map(({reference, judgement: {verdict}}) => [
				reference,
				levelInWords(verdict),
				`${verdict.need.approximate ? '≈' : ''}${formatBytes(verdict.need.totalBytes)}`,
				verdict.need.gpuBytes === 0 ? '–' : formatBytes(verdict.need.gpuBytes),
				verdict.contextLength === 0 ? '–' : formatInteger(verdict.contextLength),
				verdict.speed === undefined ? '–' : rangeInWords(verdict.speed.generationTokensPerSecond),
			]),
			width,
		);
	return [...(on.length === 0 ? [] : [on.join('\n')]), body].join('\n\n');
}

/**
A level in few words.
*/
export function levelInWords({level, shortBytes, gpuLayers, layerCount, contextLength, need}: FitVerdict): string {
	return {
		gpu: 'on the GPU',
		split: need.approximate ? 'split' : `split, ${gpuLayers} of ${layerCount} layers on the GPU`,
		memory: 'in memory',
		tight: 'tight',
		'less-context': `with ${formatInteger(contextLength)} tokens`,
		none: `${formatBytes(shortBytes)} short`,
	}[level];
}

function formatOne({model, judgement: {verdict, findings, warnings}}: JudgedModel): string {
	const {need, speed, advice, marginBytes} = verdict;
	const hasBothPlaces = need.gpuBytes > 0;
	const sentences = [...warnings, ...advice.filter(sentence => !warnings.includes(sentence)), ...findings.map(({message, suggestion}) => `${message} ${suggestion}`)];
	return [
		model.name,
		verdict.reason,
		formatFields([
			...need.lines.map(line => [lineLabel(line), `${formatBytes(line.bytes)}${hasBothPlaces ? (line.place === 'gpu' ? ' on the GPU' : ' in memory') : ''}`] as const),
			['in all', `${need.approximate ? 'about ' : ''}${formatBytes(need.totalBytes)}${need.correction === undefined ? '' : `; ${formatBytes(need.correction.uncorrectedBytes)} before ${need.correction.loads === 1 ? 'a load' : `${need.correction.loads} loads`} on this machine corrected it`}`],
			['kept free', formatBytes(marginBytes)],
			['file cache', need.reclaimableBytes === 0 ? undefined : `${formatBytes(need.reclaimableBytes)} more, which the process shows and gives back when others need it`],
		]),
		...(speed === undefined
			? []
			: [formatFields([
				['generation', `${rangeInWords(speed.generationTokensPerSecond)} tokens/s`],
				['prompt', `${rangeInWords(speed.promptTokensPerSecond)} tokens/s`],
				['first token', `after ${rangeInWords(inSeconds(speed.timeToFirstTokenMs))} s, with a prompt of 512 tokens`],
			])]),
		...(sentences.length === 0 ? [] : [sentences.map(sentence => `- ${sentence}`).join('\n')]),
	].join('\n\n');
}

function lineLabel({label, part}: MemoryLine): string {
	return part === 'engine' ? 'engine and its vocabulary' : label;
}

function inSeconds({expected, low, high}: SpeedRange): SpeedRange {
	return {expected: expected / 1000, low: low / 1000, high: high / 1000};
}

function rangeInWords({expected, low, high}: SpeedRange): string {
	const format = (value: number): string => value < 10 ? value.toPrecision(2) : formatInteger(Math.round(value));
	return `${format(expected)} (${format(low)} to ${format(high)})`;
}
