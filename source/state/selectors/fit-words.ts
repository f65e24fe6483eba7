import {formatInteger} from '../../format/number.js';
import {type FitLevel, type FitVerdict} from '../../types/fit.js';
import {type Tone} from './styled-lines.js';

/**
A verdict in a word and a sign, so that it reads without colour.
*/
export const fitLabels: Readonly<Record<FitLevel, {readonly text: string; readonly color: Tone}>> = {
	gpu: {text: '✓ on GPU', color: 'good'},
	split: {text: '✓ split', color: 'good'},
	memory: {text: '✓ fits', color: 'good'},
	tight: {text: '~ tight', color: 'warning'},
	'less-context': {text: '~ shorter', color: 'warning'},
	none: {text: '✗ too big', color: 'bad'},
};

/**
The same with what it comes to, in at most 13 cells: `✓ split 24/33`, `~ 2,048 tok`.
*/
export function fitWords({level, gpuLayers, layerCount, contextLength}: FitVerdict): string {
	switch (level) {
		case 'gpu': {
			return '✓ on the GPU';
		}

		case 'split': {
			return `✓ split ${gpuLayers}/${layerCount}`;
		}

		case 'memory': {
			return '✓ in memory';
		}

		case 'less-context': {
			return `~ ${formatInteger(contextLength)} tok`;
		}

		case 'tight':
		case 'none': {
			return fitLabels[level].text;
		}
	}
}
