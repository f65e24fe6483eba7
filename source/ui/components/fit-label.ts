import {type FitLevel} from '../../types/fit.js';
import {type ThemeColor} from '../theme.js';

/**
A verdict in a word and a sign, so that it reads without colour.
*/
export const fitLabels: Readonly<Record<FitLevel, {readonly text: string; readonly color: ThemeColor}>> = {
	gpu: {text: '✓ on GPU', color: 'good'},
	split: {text: '✓ split', color: 'good'},
	memory: {text: '✓ fits', color: 'good'},
	tight: {text: '~ tight', color: 'warning'},
	'less-context': {text: '~ shorter', color: 'warning'},
	none: {text: '✗ too big', color: 'bad'},
};
