import {type FitSubject, type MemoryNeed} from '../../types/fit.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {estimateMemory} from '../hardware/estimate-memory.js';
import {type PlanModel} from './plan-model.js';

/**
A model as the fit sees it with so much context, of which it never holds more than it was trained for.
*/
export function subjectOf({weightBytes, architecture, weights, contextLength = Infinity}: PlanModel, contextSize: number): FitSubject {
	return {
		weightBytes,
		contextLength: Math.min(contextSize, contextLength),
		...(architecture && {architecture}),
		...(weights && {weights}),
	};
}

/**
What a model takes with a plan.
*/
export function needOf(model: PlanModel, plan: LoadPlan): MemoryNeed {
	return estimateMemory(subjectOf(model, plan.contextSize));
}

/**
What of it has to be in main memory at once: not the weights, as long as they are mapped from the file, because the system can drop those and read them again.
*/
export function heldBytesOf(model: PlanModel, plan: LoadPlan): number {
	return needOf(model, plan).lines
		.filter(({place, part}) => place === 'memory' && !(plan.memoryMap && (part === 'weights' || part === 'experts')))
		.reduce((sum, {bytes}) => sum + bytes, 0);
}
