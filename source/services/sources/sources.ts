import {type Abortable} from '../../types/abortable.js';
import {type DownloadRequest} from '../../types/download.js';
import {type ModelReference} from '../../types/model-reference.js';
import {type GgufHeader} from '../formats/gguf/gguf-header.js';
import {type ModelDetails, type SearchPage, type SearchQuery} from '../../types/search.js';
import {type RemoteModelFile} from './fetch-header.js';

/**
Where models are found.
*/
export type Sources = {
	/**
	@throws NetworkError `offline` when the hub cannot be reached, RateLimitError `rate_limited`.
	*/
	readonly search: (query: SearchQuery, options: Abortable) => Promise<SearchPage>;
	/**
	Variants, licence and architecture of a Hugging Face repository or a registry model.
	*/
	readonly details: (reference: ModelReference, options: Abortable) => Promise<ModelDetails>;
	/**
	What to fetch for a reference.
	@throws NotFoundError, or UsageError `ambiguous_reference`, either with the candidates in its hint.
	*/
	readonly resolve: (reference: ModelReference, options: Abortable) => Promise<DownloadRequest>;
	/**
	The header of a model file on the hub, read without its weights.
	@throws NetworkError, and IntegrityError `not_a_model`, `broken_model` or `unsupported_model`.
	*/
	readonly header: (file: RemoteModelFile, options: Abortable) => Promise<GgufHeader>;
	/**
	The model card (README.md) in Markdown, without control sequences.
	@throws NotFoundError `file_not_found`, NetworkError `reply_too_large` above 1 MiB.
	*/
	readonly card: (reference: ModelReference, options: Abortable) => Promise<string>;
};
