import {type Abortable} from '../../types/abortable.js';
import {type DownloadRequest} from '../../types/download.js';
import {type HuggingFaceReference} from '../../types/model-reference.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type ModelDetails, type Variant} from '../../types/search.js';
import {type Registry} from '../registry/registry.js';
import {chooseVariant} from './choose-variant.js';
import {fetchDetails, type DetailsContext} from './fetch-details.js';
import {parseFileName} from './file-roles.js';
import {unknownQuantization} from './group-variants.js';
import {
	baseName,
	chooseModelId,
	slug,
	type ReferenceOf,
} from './model-id.js';

export type ResolveContext = DetailsContext & {
	readonly referenceOf: ReferenceOf;
};

/**
What to fetch for a reference to a repository. A variant that is the registry's own becomes the registry's model, so that one model is not kept twice under two names.
*/
export async function resolveVariant(context: ResolveContext, reference: HuggingFaceReference, options: Abortable): Promise<DownloadRequest> {
	const {registry, referenceOf} = context;
	const details = await fetchDetails(context, reference, options);
	const variant = chooseVariant(details.variants, {...reference, repository: details.repository});
	const entry = findEntry(registry, details, variant);
	const common = {
		source: 'hugging-face',
		repository: details.repository,
		revision: details.revision,
		quantization: variant.quantization,
		files: variant.files,
		...(details.licenseName !== undefined && {licenseName: details.licenseName}),
		...(details.licenseLink !== undefined && {licenseLink: details.licenseLink}),
	} as const;
	if (entry !== undefined && reference.revision === undefined) {
		return {
			...common, ref: entry.id, modelId: entry.id, name: entry.name, quantization: entry.quantization, family: entry.family, license: entry.license,
		};
	}

	const {stem, name} = nameVariant(details.repository, variant);
	return {
		...common,
		ref: variant.ref,
		modelId: await chooseModelId({
			repository: details.repository,
			stem,
			ref: variant.ref,
			// An id of the registry always means the registry's model.
			referenceOf: async id => registry.find(id)?.id ?? referenceOf(id),
		}),
		name,
		...(details.license !== undefined && {license: details.license}),
	};
}

/**
By name and quantization; by its file name where that is what tells it apart.
*/
function nameVariant(repository: string, {ref, quantization, files}: Variant): {readonly stem: string; readonly name: string} {
	const base = baseName(repository);
	if (quantization !== unknownQuantization && ref.endsWith(`:${quantization}`)) {
		return {stem: `${slug(base)}-${quantization}`, name: `${base} (${quantization})`};
	}

	const path = parseFileName(files[0]!.path)?.stem ?? base;
	const stem = path.slice(path.lastIndexOf('/') + 1);
	return {stem, name: stem};
}

/**
The registry's entry for exactly these files, with hashes that do not contradict it.
*/
function findEntry(registry: Registry, {repository}: ModelDetails, {files}: Variant): RegistryModel | undefined {
	return registry.models.find(({huggingFaceRepo, files: wanted}) => huggingFaceRepo.toLowerCase() === repository.toLowerCase()
		&& wanted.length === files.length
		&& wanted.every(({fileName, sha256}) => files.some(file => file.path === fileName && (sha256 === undefined || sha256 === file.sha256))));
}
