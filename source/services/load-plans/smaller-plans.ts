import {formatInteger} from '../../format/number.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {type PlanModel} from './plan-model.js';
import {canQuantizeCache} from './rules/cache-rules.js';

/**
Tokens below which no retry goes: a question and its answer.
*/
export const contextFloor = 2048;

const mostTries = 3;
// The logits of a batch are most of the compute buffer.
const smallBatch = 64;

/**
What is tried when a plan did not fit in memory, one after the other, at most three. First what costs no answers: weights mapped and not locked, and only as many layers on the GPU as fit there. Then half the context; a quarter of it with the cache in 8 bits and small batches; 2,048 tokens so, with no layer on the GPU.
Fields in `fixed` are the user's and stay as they are; a step that would change nothing is left out, and of four the one in the middle.
*/
export function smallerPlans(plan: LoadPlan, model: PlanModel, fixed: ReadonlySet<keyof LoadPlan>): readonly LoadPlan[] {
	const {contextSize, gpuLayers} = plan;
	const cache: Partial<LoadPlan> = plan.kvCacheType === 'f16' && plan.flashAttention !== false && canQuantizeCache(model) ? {kvCacheType: 'q8_0'} : {};
	const tokens = (count: number) => Math.min(contextSize, Math.max(contextFloor, Math.ceil(count)));
	const free: Partial<LoadPlan> = {memoryMap: true, memoryLock: false, ...(gpuLayers !== 0 && {gpuLayers: 'auto'})};
	const small: Partial<LoadPlan> = {...free, ...cache, batchSize: Math.min(plan.batchSize, smallBatch)};
	const steps: ReadonlyArray<Partial<LoadPlan>> = [
		free,
		{...free, contextSize: tokens(contextSize / 2)},
		{...small, contextSize: tokens(contextSize / 4)},
		{...small, contextSize: tokens(contextFloor), gpuLayers: 0},
	];
	const plans: LoadPlan[] = [];
	for (const step of steps) {
		const next = withStep(plan, step, fixed);
		if (changesInWords(plans.at(-1) ?? plan, next).length > 0) {
			plans.push(next);
		}
	}

	return plans.length > mostTries ? [plans[0]!, ...plans.slice(1 - mostTries)] : plans;
}

function withStep(plan: LoadPlan, step: Partial<LoadPlan>, fixed: ReadonlySet<keyof LoadPlan>): LoadPlan {
	const next = {...plan, ...Object.fromEntries(Object.entries(step).filter(([field]) => !fixed.has(field as keyof LoadPlan)))};
	return {...next, batchSize: fixed.has('batchSize') ? next.batchSize : Math.min(next.batchSize, next.contextSize)};
}

/**
One line: what did not fit and what is tried now.
*/
export function retryNotice(name: string, failed: LoadPlan, next: LoadPlan): string {
	return `${name} did not fit at ${formatInteger(failed.contextSize)} tokens: tries ${changesInWords(failed, next).join(', ')}.`;
}

function changesInWords(failed: LoadPlan, next: LoadPlan): readonly string[] {
	return [
		...(next.contextSize === failed.contextSize ? [] : [`${formatInteger(next.contextSize)} tokens`]),
		...(next.kvCacheType === failed.kvCacheType ? [] : [`the cache in ${next.kvCacheType}`]),
		...(next.gpuLayers === failed.gpuLayers ? [] : [next.gpuLayers === 0 ? 'no layer on the GPU' : 'as many layers on the GPU as fit']),
		...(next.memoryMap === failed.memoryMap ? [] : ['the file mapped']),
		...(next.memoryLock === failed.memoryLock ? [] : ['nothing locked']),
		...(next.batchSize === failed.batchSize || next.contextSize < failed.batchSize ? [] : [`batches of ${formatInteger(next.batchSize)}`]),
	];
}
