import {formatBytes} from '../format/bytes.js';
import {formatInteger} from '../format/number.js';
import {type FitVerdict} from '../types/fit.js';
import {type HardwareReport} from '../types/hardware.js';
import {type FitAnswer, type JudgedModel} from './fit.js';
import {formatJudgement, formatLines, rangeInWords} from './judgement-text.js';
import {formatTable} from './table.js';

/**
One model in full, several as a table.
*/
export function formatFits(answers: readonly FitAnswer[], {machine, width}: {readonly machine: HardwareReport | undefined; readonly width: number | undefined}): string {
	const [first] = answers;
	const body = answers.length === 1 && first?.judgement !== undefined
		? formatOne(first, width)
		: formatTable(
			[{title: 'MODEL'}, {title: 'FIT'}, {title: 'NEEDS', align: 'right'}, {title: 'ON GPU', align: 'right'}, {title: 'CONTEXT', align: 'right'}, {title: 'TOKENS/S', align: 'right'}],
			answers.map(answer => rowOf(answer)),
			width,
		);
	return [...formatMachine(machine, width), body].join('\n\n');
}

function rowOf(answer: FitAnswer): readonly string[] {
	if (answer.judgement === undefined) {
		return [answer.reference, answer.error.code.replaceAll('_', ' '), '–', '–', '–', '–'];
	}

	const {reference, judgement: {verdict}} = answer;
	return [
		reference,
		levelInWords(verdict),
		`${verdict.need.approximate ? '≈' : ''}${formatBytes(verdict.need.totalBytes)}`,
		verdict.need.gpuBytes === 0 ? '–' : formatBytes(verdict.need.gpuBytes),
		verdict.contextLength === 0 ? '–' : formatInteger(verdict.contextLength),
		verdict.speed === undefined ? '–' : rangeInWords(verdict.speed.generationTokensPerSecond),
	];
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

function formatOne({model, judgement, isStored}: JudgedModel, width: number | undefined): string {
	return [
		model.name,
		...(isStored ? ['By the plan that is kept for it.'] : []),
		...formatJudgement(judgement, width),
	].join('\n\n');
}

/**
The machine that was described, and what was assumed of it; nothing of this one.
*/
export function formatMachine(machine: HardwareReport | undefined, width: number | undefined): readonly string[] {
	return machine?.simulated === undefined ? [] : [formatLines([`On ${machine.simulated.description}.`, ...machine.simulated.assumptions], width)];
}
