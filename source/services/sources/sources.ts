import {type Abortable} from '../../types/abortable.js';
import {type DownloadRequest} from '../../types/download.js';
import {type ModelReference} from '../../types/model-reference.js';
import {type ModelDetails, type SearchPage, type SearchQuery} from '../../types/search.js';

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
	The model card (README.md) in Markdown, without control sequences.
	@throws NotFoundError `file_not_found`, NetworkError `reply_too_large` above 1 MiB.
	*/
	readonly card: (reference: ModelReference, options: Abortable) => Promise<string>;
};
