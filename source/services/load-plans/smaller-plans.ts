import {formatInteger} from '../../format/number.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type PlanModel} from './plan-model.js';
import {canQuantizeCache} from './rules/cache-rules.js';

/**
Tokens below which no retry goes: a question and its answer.
*/
export const contextFloor = 2048;

/**
What is tried when a plan did not fit in memory, one after the other, at most three: half the context; a quarter of it with the cache in 8 bits and only as many layers on the GPU as fit; 2,048 tokens in 8 bits with no layer on the GPU.
Fields in `fixed` are the user's and stay as they are; a step that would change nothing is left out.
*/
export function smallerPlans(plan: LoadPlan, model: PlanModel, fixed: ReadonlySet<keyof LoadPlan>): readonly LoadPlan[] {
	const {contextSize, gpuLayers} = plan;
	const cache: Partial<LoadPlan> = plan.kvCacheType === 'f16' && plan.flashAttention !== false && canQuantizeCache(model) ? {kvCacheType: 'q8_0'} : {};
	const tokens = (count: number) => Math.min(contextSize, Math.max(contextFloor, Math.ceil(count)));
	const steps: ReadonlyArray<Partial<LoadPlan>> = [
		{contextSize: tokens(contextSize / 2)},
		{contextSize: tokens(contextSize / 4), ...cache, ...(gpuLayers !== 0 && {gpuLayers: 'auto'})},
		{contextSize: tokens(contextFloor), ...cache, gpuLayers: 0},
	];
	const plans: LoadPlan[] = [];
	for (const step of steps) {
		const free = Object.fromEntries(Object.entries(step).filter(([field]) => !fixed.has(field as keyof LoadPlan)));
		const next = {...plan, ...free};
		if (isOther(next, plans.at(-1) ?? plan)) {
			plans.push({...next, batchSize: fixed.has('batchSize') ? next.batchSize : Math.min(next.batchSize, next.contextSize)});
		}
	}

	return plans;
}

/**
One line: what did not fit and what is tried now.
*/
export function retryNotice(name: string, failed: LoadPlan, next: LoadPlan): string {
	const changes = [
		...(next.contextSize === failed.contextSize ? [] : [`${formatInteger(next.contextSize)} tokens`]),
		...(next.kvCacheType === failed.kvCacheType ? [] : [`the cache in ${next.kvCacheType}`]),
		...(next.gpuLayers === failed.gpuLayers ? [] : [next.gpuLayers === 0 ? 'no layer on the GPU' : 'as many layers on the GPU as fit']),
	];
	return `${name} did not fit at ${formatInteger(failed.contextSize)} tokens: tries ${changes.join(', ')}.`;
}

function isOther(one: LoadPlan, other: LoadPlan): boolean {
	return one.contextSize !== other.contextSize || one.kvCacheType !== other.kvCacheType || one.gpuLayers !== other.gpuLayers;
}
