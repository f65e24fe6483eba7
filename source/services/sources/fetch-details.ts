import {type Abortable} from '../../types/abortable.js';
import {type HuggingFaceReference} from '../../types/model-reference.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {type ModelDetails} from '../../types/search.js';
import {type Hub} from '../network/hub.js';
import {formatModelReference} from '../references/format-model-reference.js';
import {type Registry} from '../registry/registry.js';
import {groupVariants, type VariantFiles} from './group-variants.js';
import {type ModelReply} from './hub-replies.js';
import {fetchModel, fetchTree} from './hub-queries.js';
import {licenseFields} from './license-fields.js';
import {licenseOf} from './search-models.js';

export type DetailsContext = {
	readonly hub: Hub;
	readonly registry: Registry;
};

/**
A repository with its variants, all of one commit.
*/
export async function fetchDetails({hub, registry}: DetailsContext, place: HuggingFaceReference, {signal}: Abortable): Promise<ModelDetails> {
	const model = await fetchModel(hub, place, {signal});
	// A renamed repository answers under its new name.
	const current: HuggingFaceReference = {kind: 'hugging-face', repository: model.id, ...(place.revision !== undefined && {revision: place.revision})};
	const tree = await fetchTree(hub, {repository: model.id, revision: model.sha}, {signal});
	const entry = registry.models.find(candidate => candidate.huggingFaceRepo.toLowerCase() === model.id.toLowerCase());
	return {
		ref: formatModelReference(current),
		repository: model.id,
		revision: model.sha,
		downloads: model.downloads,
		likes: model.likes,
		gated: model.gated,
		tags: model.tags,
		...optional(model, entry),
		...licenseFields(model),
		variants: groupVariants(tree).map(variant => ({
			ref: formatModelReference(variantReference(current, variant)),
			quantization: variant.quantization,
			files: variant.files,
			sizeBytes: variant.sizeBytes,
		})),
	};
}

function variantReference(place: HuggingFaceReference, {quantization, path, isAmbiguous}: VariantFiles): HuggingFaceReference {
	return {...place, ...(isAmbiguous ? {filePath: path} : {quantization})};
}

type OptionalDetails = Pick<ModelDetails, 'license' | 'updatedAt' | 'architectureName' | 'architecture' | 'parameters' | 'contextLength'>;

/**
What the hub says, and what the registry knows where the hub says nothing. Keys without a value are left away.
*/
function optional(model: ModelReply, entry: RegistryModel | undefined): OptionalDetails {
	const tag = licenseOf(model.tags);
	const details: OptionalDetails = {
		// `other` is what the hub calls a licence that has a name of its own.
		license: (tag === 'other' ? model.cardData?.licenseName : undefined) ?? tag ?? entry?.license,
		updatedAt: model.lastModified,
		architectureName: model.gguf?.architecture ?? entry?.architecture?.name,
		architecture: entry?.architecture,
		parameters: model.gguf?.total ?? entry?.parameters,
		contextLength: model.gguf?.contextLength ?? entry?.contextWindow,
	};
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}
