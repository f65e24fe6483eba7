import {type FitSubject} from '../../types/fit.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {modelBytesOf} from './estimate-file-size.js';
import {usualContextLength} from './margins.js';

type Subject = Pick<RegistryModel, 'fileSize' | 'architecture' | 'contextWindow' | 'parameters' | 'activeParameters'> & {
	readonly files: Parameters<typeof modelBytesOf>[0]['files'];
};

/**
A registry model as the fit sees it: at 4,096 tokens, or at all it was trained for where that is less.
*/
export function fitSubjectOf({fileSize, files, architecture, contextWindow, parameters, activeParameters}: Subject): FitSubject {
	return {
		weightBytes: modelBytesOf({fileSize, files}),
		parameters,
		...(activeParameters !== undefined && {activeParameters}),
		...(architecture !== undefined && {architecture}),
		contextLength: Math.min(usualContextLength, contextWindow),
	};
}
