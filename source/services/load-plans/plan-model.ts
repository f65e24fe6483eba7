import {type FitSubject} from '../../types/fit.js';
import {type InstalledModel} from '../../types/installed-model.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {modelBytesOf} from '../hardware/estimate-file-size.js';

/**
What of a model a load plan depends on; plain data, so that one can be made for a model that is not installed.
*/
export type PlanModel = Pick<FitSubject, 'weightBytes' | 'architecture' | 'weights' | 'parameters' | 'activeParameters'> & {
	readonly id: string;
	readonly name: string;
	readonly quantization: string;
	/**
	Tokens the model was trained for.
	*/
	readonly contextLength?: number;
	/**
	Models of one family are the same at other sizes.
	*/
	readonly family?: string;
	/**
	Has a file that reads images (mmproj).
	*/
	readonly readsImages?: boolean;
	readonly tags?: readonly string[];
};

export function planModelOf(model: InstalledModel): PlanModel {
	const {id, name, quantization, family, contextLength, parameters, architecture, files} = model;
	return {
		id,
		name,
		quantization,
		weightBytes: sum(files.filter(({role}) => role !== 'mmproj').map(({sizeBytes}) => sizeBytes)),
		readsImages: files.some(({role}) => role === 'mmproj'),
		...(family !== undefined && {family}),
		...(contextLength !== undefined && {contextLength}),
		...(parameters !== undefined && {parameters}),
		...(architecture !== undefined && {architecture}),
	};
}

export function planModelOfRegistry(model: RegistryModel): PlanModel {
	const {id, name, quantization, family, contextWindow, parameters, activeParameters, architecture, fileSize, files, tags} = model;
	return {
		id,
		name,
		quantization,
		weightBytes: modelBytesOf({fileSize, files}),
		contextLength: contextWindow,
		parameters,
		readsImages: files.some(({role}) => role === 'mmproj'),
		tags,
		family,
		...(activeParameters !== undefined && {activeParameters}),
		...(architecture !== undefined && {architecture}),
	};
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
