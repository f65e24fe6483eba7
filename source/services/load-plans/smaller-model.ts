import {formatBytes} from '../../format/bytes.js';
import {usualContextLength} from '../hardware/margins.js';
import {modelKindOf} from './model-kind.js';
import {type PlanModel} from './plan-model.js';
import {hasRoom, type JudgedMachine, verdictOf} from './plan-verdict.js';
import {resolveLoadPlan} from './resolve-plan.js';

/**
A model that could be offered instead of another.
*/
export type OfferedModel = PlanModel & {
	readonly installed: boolean;
};

/**
The best smaller model for the same work that fits a machine at 4,096 tokens: of the same family before others, an installed one before one that has to be fetched, the largest first. A model for embeddings is no substitute for one that answers, nor the other way round.
*/
export function smallerModel(model: PlanModel, offered: readonly OfferedModel[], machine: JudgedMachine): OfferedModel | undefined {
	const isForEmbeddings = (one: PlanModel): boolean => modelKindOf(one) === 'embedding';
	const plan = resolveLoadPlan({}, {contextSize: usualContextLength, gpu: 'auto', threads: 0}, machine);
	const fitting = offered
		.filter(({id, weightBytes}) => id !== model.id && weightBytes < model.weightBytes)
		.filter(candidate => isForEmbeddings(candidate) === isForEmbeddings(model) && hasRoom(verdictOf(candidate, plan, machine)));
	const relation = (candidate: OfferedModel): number => Number(model.family !== undefined && candidate.family === model.family) + Number(modelKindOf(candidate) === modelKindOf(model));
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
