import {type FitSubject} from '../../../types/fit.js';

/**
Of the weights, those read for one token, 0–1: all but for a mixture of experts, of which the figures of its maker tell, or else how much of the file its experts are and how many of them answer.
*/
export function activeShareOf({weightBytes, weights, architecture, parameters, activeParameters}: Pick<FitSubject, 'weightBytes' | 'weights' | 'architecture' | 'parameters' | 'activeParameters'>): number {
	if (parameters !== undefined && activeParameters !== undefined && parameters > 0) {
		return Math.min(1, activeParameters / parameters);
	}

	const {expertCount = 0, expertUsedCount = 0} = architecture ?? {};
	const expertBytes = weights?.layers.reduce((sum, layer) => sum + layer.expertBytes, 0) ?? 0;
	return expertCount === 0 || expertUsedCount === 0 || weightBytes <= 0 ? 1 : 1 - (Math.min(1, expertBytes / weightBytes) * (1 - (Math.min(expertUsedCount, expertCount) / expertCount)));
}
