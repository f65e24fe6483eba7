import {largestThat} from './arrange.js';

/**
With fewer tokens than that a model is of no use.
*/
export const leastContext = 512;

// As the context is allocated.
const step = 256;

/**
The largest context up to the wanted one that fits, as a whole step of 256 tokens where it is less than all; 0 where none does. What fits with more tokens must fit with fewer.
*/
export function largestContext(wanted: number, canFit: (contextLength: number) => boolean): number {
	return canFit(wanted) ? wanted : largestThat(Math.max(0, Math.ceil(wanted / step) - 1), steps => canFit(steps * step)) * step;
}
