import {largestThat} from './arrange.js';

/**
With fewer tokens than that a model is of no use.
*/
export const leastContext = 512;

// As the context is allocated.
const step = 256;

/**
The largest context below the wanted one that fits, in steps of 256 tokens; 0 where none does.
*/
export function largestContext(wanted: number, canFit: (contextLength: number) => boolean): number {
	return largestThat(Math.max(0, Math.ceil(wanted / step) - 1), steps => canFit(steps * step)) * step;
}
