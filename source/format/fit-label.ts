import {type FitLevel} from '../types/fit.js';

/**
A verdict in nine cells at most: the sign says it again for those who see no colour.
*/
export const fitLabels: Readonly<Record<FitLevel, string>> = {
	gpu: '✓ GPU',
	memory: '✓ fits',
	tight: '~ tight',
	none: '✗ too big',
};
