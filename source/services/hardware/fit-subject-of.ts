import {type FitSubject} from '../../types/fit.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {usualContextLength} from './margins.js';

/**
A registry model as the fit sees it: at 4,096 tokens, or at all it was trained for where that is less.
*/
export function fitSubjectOf({fileSize, architecture, contextWindow}: Pick<RegistryModel, 'fileSize' | 'architecture' | 'contextWindow'>): FitSubject {
	return {
		weightBytes: fileSize,
		...(architecture !== undefined && {architecture}),
		contextLength: Math.min(usualContextLength, contextWindow < 1 ? Infinity : contextWindow),
	};
}
