import camelcaseKeys from 'camelcase-keys';
import {type RegistryModel} from '../../types/registry-model.js';
import {type RegistryDocumentModel} from './registry-schema.js';

/**
An entry as the rest of the program knows it: what is null in the file is missing here.
*/
export function toRegistryModel({
	active_parameters: activeParameters, sha256, revision, architecture, files, ...rest
}: RegistryDocumentModel): RegistryModel {
	return {
		...camelcaseKeys(rest),
		...(activeParameters !== null && {activeParameters}),
		...(sha256 !== null && {sha256}),
		...(revision !== null && {revision}),
		...(architecture !== null && {architecture: camelcaseKeys(architecture)}),
		files: files.map(file => ({
			fileName: file.file_name,
			role: file.role,
			...(file.size_bytes !== null && {sizeBytes: file.size_bytes}),
			...(file.sha256 !== null && {sha256: file.sha256}),
		})),
	};
}
