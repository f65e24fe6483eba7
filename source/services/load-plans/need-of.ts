import {type FitSubject, type MemoryNeed} from '../../types/fit.js';
import {type LoadPlan} from '../../types/load-plan.js';
import {estimateMemory} from '../hardware/estimate-memory.js';
import {type PlanModel} from './plan-model.js';

/**
A model as the fit sees it with so much context, of which it never holds more than it was trained for.
*/
export function subjectOf({weightBytes, architecture, weights, contextLength = Infinity, parameters, activeParameters}: PlanModel, contextSize: number): FitSubject {
	return {
		weightBytes,
		// A header that says 0 says nothing.
		contextLength: Math.min(contextSize, contextLength < 1 ? Infinity : contextLength),
		...(architecture && {architecture}),
		...(weights && {weights}),
		...(parameters !== undefined && {parameters}),
		...(activeParameters !== undefined && {activeParameters}),
	};
}

/**
What a model takes with a plan by Remuda's engine, which moves whole layers; `auto` GPU layers count as none.
*/
export function needOf(model: PlanModel, plan: LoadPlan, cpu: {readonly instructionSets?: readonly string[]} = {}): MemoryNeed {
	return estimateMemory(subjectOf(model, plan.contextSize), {...plan, expertLayersInMemory: 0}, cpu);
}

/**
What of it main memory has to hold at once, besides the engine host that is there already: not weights that stay mapped from the file, because the system can drop those and read them again.
*/
export function heldBytesOf(model: PlanModel, plan: LoadPlan, cpu?: {readonly instructionSets?: readonly string[]}): number {
	const {heldBytes, lines} = needOf(model, plan, cpu);
	return heldBytes - lines.reduce((sum, {part, bytes}) => sum + (part === 'engine' ? bytes : 0), 0);
}

/**
The same with every number of layers on the GPU, from none to all.
*/
export function heldBytesByLayers(model: PlanModel, plan: LoadPlan, cpu?: {readonly instructionSets?: readonly string[]}): readonly number[] {
	// The output counts as one more.
	const layerCount = (model.architecture?.blockCount ?? 0) + 1;
	return Array.from({length: layerCount + 1}, (_, gpuLayers) => heldBytesOf(model, {...plan, gpuLayers}, cpu));
}
