import {formatBytes} from '../../format/bytes.js';
import {type HardwareReport} from '../../types/hardware.js';
import {judgeFit} from '../hardware/judge-fit.js';
import {usualContextLength} from '../hardware/margins.js';
import {subjectOf} from './need-of.js';
import {type PlanModel} from './plan-model.js';

/**
A model that could be offered instead of another.
*/
export type OfferedModel = PlanModel & {
	readonly installed: boolean;
	readonly family?: string | undefined;
};

/**
The best smaller model that fits a machine at 4,096 tokens: of the same family before others, an installed one before one that has to be fetched, the largest first.
*/
export function smallerModel(model: PlanModel & {readonly family?: string | undefined}, offered: readonly OfferedModel[], machine: Pick<HardwareReport, 'gpus' | 'memory'>): OfferedModel | undefined {
	const fitting = offered
		.filter(({id, weightBytes}) => id !== model.id && weightBytes < model.weightBytes)
		.filter(candidate => ['gpu', 'split', 'memory'].includes(judgeFit(subjectOf(candidate, usualContextLength), machine).level));
	const relation = (candidate: OfferedModel): number => Number(model.family !== undefined && candidate.family === model.family);
	const order = (one: OfferedModel, other: OfferedModel): number => [
		relation(other) - relation(one),
		Number(other.installed) - Number(one.installed),
		other.weightBytes - one.weightBytes,
	].find(difference => difference !== 0) ?? 0;
	return fitting.toSorted(order)[0];
}

/**
The offer in words: `qwen2.5-coder-3b-q4 would fit (2.1 GB): remuda download qwen2.5-coder-3b-q4.`
*/
export function offerInWords({id, weightBytes, installed}: OfferedModel): string {
	return `${id} would fit (${formatBytes(weightBytes)})${installed ? ', and is installed' : `: remuda download ${id}`}.`;
}
