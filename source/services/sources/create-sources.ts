import {NotFoundError} from '../../errors/not-found-error.js';
import {nearest} from '../../format/nearest.js';
import {sanitizeText} from '../../format/sanitize.js';
import {type Abortable} from '../../types/abortable.js';
import {type HuggingFaceReference, type ModelReference} from '../../types/model-reference.js';
import {type RegistryModel} from '../../types/registry-model.js';
import {encodePath} from '../network/hub-path.js';
import {type Hub} from '../network/hub.js';
import {readText} from '../network/read-body.js';
import {type Registry} from '../registry/registry.js';
import {type Http} from '../network/http.js';
import {fetchHeader} from './fetch-header.js';
import {fetchDetails} from './fetch-details.js';
import {type ReferenceOf} from './model-id.js';
import {notDownloadable} from './not-downloadable.js';
import {resolveRegistryModel} from './resolve-registry-model.js';
import {resolveVariant} from './resolve-variant.js';
import {searchModels} from './search-models.js';
import {type Sources} from './sources.js';

export type SourcesOptions = {
	readonly hub: Hub;
	/**
	For the servers that the hub keeps its files on.
	*/
	readonly http: Http;
	readonly registry: Registry;
	/**
	The reference of the model, installed or in the queue, that has an id; two models never share one.
	*/
	readonly referenceOf?: ReferenceOf;
};

const cardLimit = 1024 * 1024;

export function createSources({hub, http, registry, referenceOf = async () => undefined}: SourcesOptions): Sources {
	/**
	The entry and the repository that a reference is about.
	*/
	function locate(reference: ModelReference): {readonly entry?: RegistryModel; readonly place: HuggingFaceReference} {
		if (reference.kind === 'hugging-face') {
			return {place: reference};
		}

		if (reference.kind !== 'id') {
			throw notDownloadable(reference);
		}

		const entry = registry.find(reference.id);
		if (entry === undefined) {
			throw unknownId(reference.id, registry);
		}

		return {entry, place: {kind: 'hugging-face', repository: entry.huggingFaceRepo, ...(entry.revision !== undefined && {revision: entry.revision})}};
	}

	return {
		search: async (query, options) => searchModels(hub, query, options),
		async details(reference, options) {
			const {place} = locate(reference);
			return fetchDetails({hub, registry}, place, options);
		},
		async resolve(reference, options) {
			const {entry, place} = locate(reference);
			return entry === undefined
				? resolveVariant({hub, registry, referenceOf}, place, options)
				: resolveRegistryModel(hub, entry, options);
		},
		header: async (file, options) => fetchHeader({hub, http}, file, options),
		async card(reference, options) {
			const {place} = locate(reference);
			return fetchCard(hub, place, options);
		},
	};
}

async function fetchCard(hub: Hub, {repository, revision = 'main'}: HuggingFaceReference, {signal}: Abortable): Promise<string> {
	const filePath = 'README.md';
	const response = await hub.request({url: `${encodePath(repository)}/raw/${encodeURIComponent(revision)}/${filePath}`, signal});
	if (response.status !== 200) {
		throw await hub.toError(response, {repository, revision, filePath});
	}

	return sanitizeText(await readText(response, cardLimit));
}

function unknownId(id: string, registry: Registry): NotFoundError {
	const suggestion = nearest(id, registry.models.map(model => model.id));
	return new NotFoundError(`The registry has no model ${id}.`, {
		code: 'model_not_found',
		hint: suggestion === undefined
			? 'See what it has: remuda list --all. A repository on Hugging Face is written hf:OWNER/REPO.'
			: `Did you mean ${suggestion}? See all: remuda list --all`,
	});
}

