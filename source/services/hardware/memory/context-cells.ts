import {type FitPlan} from '../../../types/fit.js';

/**
Llama.cpp's usual micro-batch, and Remuda's.
*/
const usualBatch = 512;

// The context is allocated in steps of so many tokens.
const contextStep = 256;

/**
Cells that the cache has for a context: one for each token, in steps.
*/
export function cellsOf(contextLength: number): number {
	return roundUp(contextLength, contextStep);
}

/**
Tokens that are computed at once.
*/
export function microBatchOf(contextLength: number, {batchSize = usualBatch}: FitPlan): number {
	return Math.min(batchSize, cellsOf(contextLength));
}

export function roundUp(value: number, step: number): number {
	return Math.ceil(value / step) * step;
}
